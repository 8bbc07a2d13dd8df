import { describe, expect, it } from 'vitest';
import type { Instant, PersonId, RoleId } from '../../../src/domain/ids.ts';
import type { HeldAssignment } from '../../../src/domain/incident/held-roles.ts';
import type { Assignment } from '../../../src/domain/incident/incident.ts';
import { offeredRoles, takenByMore } from '../../../src/domain/incident/take-over.ts';

const it1 = 'it' as RoleId;
const at = (clock: string) => `2026-11-23T${clock}:00.000Z` as Instant;
const held = (person: string, since: string, more: Partial<Assignment> = {}, role = 'it'): HeldAssignment => ({
  role: role as RoleId,
  person: person as PersonId,
  assignment: { since: at(since), until: null, note: null, ...more },
});
const people = (found: readonly HeldAssignment[]) => found.map(({ person }) => person);

describe('a role that more than one took', () => {
  it('[TAKE-2] is told of in the order in which they took it, until one stands down', () => {
    expect(people(takenByMore([held('ben', '10:02'), held('ana', '10:01')], it1))).toEqual(['ana', 'ben']);
    expect(takenByMore([held('ben', '10:02'), held('ana', '10:01', { until: at('10:05') })], it1)).toEqual([]);
    expect(takenByMore([held('ana', '10:01'), held('ben', '10:02', {}, 'press')], it1)).toEqual([]);
  });

  it('[TAKE-3] is a team once one of them says so, and is told of again when another takes it after that', () => {
    const team = [held('ana', '10:01', { teamAt: at('10:05') }), held('ben', '10:02')];
    expect(takenByMore(team, it1)).toEqual([]);
    expect(people(takenByMore([...team, held('cem', '10:06')], it1))).toEqual(['ana', 'ben', 'cem']);
  });
});

describe('a role that was handed over to somebody', () => {
  const given = held('ana', '10:01', { until: at('11:00'), to: 'ben' as PersonId });

  it('[TAKE-4] is offered to that person only', () => {
    expect(people(offeredRoles([given], 'ben' as PersonId))).toEqual(['ana']);
    expect(offeredRoles([given], 'cem' as PersonId)).toEqual([]);
    expect(offeredRoles([held('ana', '10:01', { to: 'ben' as PersonId })], 'ben' as PersonId)).toEqual([]);
  });

  it('[TAKE-5] is offered no longer once anybody took it, and again after a later hand-over', () => {
    expect(offeredRoles([given, held('ben', '11:00')], 'ben' as PersonId)).toEqual([]);
    expect(offeredRoles([given, held('cem', '11:10')], 'ben' as PersonId)).toEqual([]);
    const putRight = held('ana', '12:00', { until: at('11:00'), to: 'ben' as PersonId });
    expect(people(offeredRoles([putRight], 'ben' as PersonId))).toEqual(['ana']);
    const before = held('ben', '09:00', { until: at('10:01') });
    expect(people(offeredRoles([before, given], 'ben' as PersonId))).toEqual(['ana']);
  });
});
