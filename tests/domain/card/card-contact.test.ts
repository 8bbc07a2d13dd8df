import { describe, expect, it } from 'vitest';
import type { Person } from '../../../src/domain/access/access.ts';
import { cardContact } from '../../../src/domain/card/card-contact.ts';
import type { Instant, PersonId } from '../../../src/domain/ids.ts';
import { contact } from '../../support/plan-items.ts';

const zone = 'Africa/Johannesburg';
const means = [
  { pace: 'emergency', type: 'radio', value: 'Channel 1' },
  { pace: 'primary', type: 'phone', value: '+27 00 000 0002', label: 'mobile' },
];

describe('a contact on paper', () => {
  it('[CARD-30] has the means of the plan in the order of PACE, with the date they were verified', () => {
    const shown = cardContact(contact('hoster', { means }), new Map(), zone);
    expect(shown.means.map(({ pace, value }) => [pace, value])).toEqual([
      ['primary', '+27 00 000 0002'],
      ['emergency', 'Channel 1'],
    ]);
    expect(shown.verified).toBe('2026-11-02');
  });

  it('[CARD-31] shows a person’s own verified contacts where it names one', () => {
    const people = known([
      { type: 'phone', value: '+27 00 000 0099', pace: 'primary', verifiedAt: '2026-11-20T23:30:00.000Z' as Instant },
      { type: 'email', value: 'ana@shop.example', verifiedAt: null },
    ]);
    const shown = cardContact(contact('ana', { means, person: 'ana' }), people, zone);
    expect(shown.means).toEqual([
      { pace: 'primary', type: 'phone', value: '+27 00 000 0099', label: null, verified: '2026-11-21' },
    ]);
    expect(shown.verified).toBe('2026-11-21');
  });

  it('[CARD-32] keeps the plan’s means where the person is not known here or verified nothing', () => {
    const named = contact('ana', { means, person: 'ana' });
    expect(cardContact(named, new Map(), zone).means).toHaveLength(2);
    const unverified = known([{ type: 'email', value: 'ana@shop.example', verifiedAt: null }]);
    expect(cardContact(named, unverified, zone).means).toHaveLength(2);
  });

  it('[CARD-33] has no one date where dates differ or nothing was verified', () => {
    const people = known([
      { type: 'phone', value: '1', verifiedAt: '2026-11-20T10:00:00.000Z' as Instant },
      { type: 'phone', value: '2', verifiedAt: '2026-11-21T10:00:00.000Z' as Instant },
    ]);
    expect(cardContact(contact('ana', { person: 'ana' }), people, zone).verified).toBeNull();
    expect(cardContact(contact('ana', { verifiedAt: null }), new Map(), zone).verified).toBeNull();
  });
});

function known(contacts: Person['contacts']): ReadonlyMap<PersonId, Person> {
  return new Map([['ana' as PersonId, { name: 'Ana Botha', contacts }]]);
}
