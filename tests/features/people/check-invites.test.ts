import { describe, expect, it } from 'vitest';
import type { PersonId, RoleId } from '../../../src/domain/ids.ts';
import { checkInvites, type Known } from '../../../src/features/people/check-invites.ts';
import type { ListedPerson } from '../../../src/features/people/read-invite-list.ts';

const roles = [
  { id: 'it', title: 'IT Specialists' },
  { id: 'legal', title: 'Legal, Compliance' },
];
const known = {
  me: { person: 'me', access: 'coordinator' },
  people: new Map([
    ['me', { name: 'Thandi M.' }],
    ['kim', { name: 'Kim' }],
    ['a', { name: 'Two' }],
    ['b', { name: 'two' }],
  ]),
  plan: { roles },
  grants: new Map([['kim', { access: 'observer', roles: [] }]]),
} as unknown as Known;

const row = (name: string, access: string | null = null, ...cells: string[]): ListedPerson => ({
  name,
  access,
  roles: cells,
});
const one = (listed: ListedPerson, about: Known = known) => checkInvites([listed], about)[0];
const faultOf = (listed: ListedPerson, about: Known = known) => {
  const checked = one(listed, about);
  return checked?.tag === 'wrong' ? checked.fault : null;
};

describe('a row of the list', () => {
  it('[INVITE-11] without an access becomes a responder; roles go by title or id, several in a cell', () => {
    expect(one(row('Ana', null, 'it specialists; LEGAL'))).toEqual({
      tag: 'good',
      name: 'Ana',
      person: null,
      access: 'responder',
      roles: ['it', 'legal'] as unknown as readonly RoleId[],
      note: null,
    });
    // a title with a comma is one role
    expect(one(row('Ana', 'observer', 'Legal, Compliance', 'it'))).toMatchObject({ roles: ['legal', 'it'] });
  });

  it('[INVITE-11] says what is wrong with it', () => {
    expect(faultOf(row(' '))).toBe('The name is missing.');
    expect(faultOf(row('Ana', 'admin'))).toContain('“admin” is no access level');
    expect(faultOf(row('Ana', null, 'Pilot'))).toBe('The plan has no role “Pilot”.');
    expect(faultOf(row('Ana', 'vendor'))).toContain('at least one role');
    expect(faultOf(row('Ana', null, 'it'), { ...known, plan: null })).toContain('once a plan is published');
    expect(faultOf(row('x'.repeat(201)))).toBe('The name is too long.');
  });

  it('[INVITE-12] names whom it concerns: known people, changed access, two of a name, oneself', () => {
    expect(one(row('kim', 'observer'))).toMatchObject({
      person: 'kim' as PersonId,
      note: 'Known here: one more device of theirs.',
    });
    expect(one(row('Kim', 'coordinator'))).toMatchObject({
      note: 'Known here: their access changes from Observer to Coordinator.',
    });
    expect(faultOf(row('Two'))).toContain('Several people here have this name');
    expect(faultOf(row('Thandi M.', 'observer'))).toBe('This would change your own access.');
    expect(checkInvites([row('Ana'), row(' ana ')], known).map(({ tag }) => tag)).toEqual(['good', 'wrong']);
  });
});
