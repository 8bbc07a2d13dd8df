import { describe, expect, it } from 'vitest';
import type { Instant, PersonId, RoleId } from '../../../src/domain/ids.ts';
import type { HeldAssignment } from '../../../src/domain/incident/held-roles.ts';
import type { Assignment } from '../../../src/domain/incident/incident.ts';
import { offeredRoles, takenByMore, teamSince } from '../../../src/domain/incident/take-over.ts';

const it1 = 'it' as RoleId;
const at = (clock: string) => `2026-11-23T${clock}:00.000Z` as Instant;
const held = (person: string, since: string, more: Partial<Assignment> = {}, role = 'it'): HeldAssignment => ({
  role: role as RoleId,
  person: person as PersonId,
  assignment: { since: at(since), until: null, note: null, ...more },
});
const now = Date.parse(at('12:00'));
const people = (found: readonly HeldAssignment[]) => found.map(({ person }) => person);

describe('a role that more than one took', () => {
  it('[TAKE-2] is told of in the order in which they took it, until one stands down', () => {
    expect(people(takenByMore([held('ben', '10:02'), held('ana', '10:01')], it1, now))).toEqual(['ana', 'ben']);
    expect(takenByMore([held('ben', '10:02'), held('ana', '10:01', { until: at('10:05') })], it1, now)).toEqual([]);
    expect(takenByMore([held('ana', '10:01'), held('ben', '10:02', {}, 'press')], it1, now)).toEqual([]);
  });

  it('[TAKE-3] is a team once one of them says so, and is told of again when another takes it after that', () => {
    const team = [held('ana', '10:01', { teamAt: at('10:05') }), held('ben', '10:02')];
    expect(takenByMore(team, it1, now)).toEqual([]);
    expect(people(takenByMore([...team, held('cem', '10:06')], it1, now))).toEqual(['ana', 'ben', 'cem']);
  });
});

describe('clocks that are wrong', () => {
  const ahead = held('ana', '18:00', { teamAt: at('18:00') });

  it('[TAKE-15] a team of the future silences nothing, and one press settles it all the same', () => {
    expect(people(takenByMore([ahead, held('ben', '11:59')], it1, now))).toEqual(['ben', 'ana']);
    const silenced = held('ben', '11:59', { teamAt: at('23:00') });
    const both = [held('ana', '10:01'), silenced];
    expect(people(takenByMore(both, it1, now))).toEqual(['ana', 'ben']);
    const teamAt = teamSince([ahead, silenced], now);
    expect(teamAt).toBe(at('12:00'));
    expect(takenByMore([ahead, held('ben', '11:59', { teamAt })], it1, now)).toEqual([]);
  });

  it('[TAKE-15] one that is a few minutes ahead counts', () => {
    const later = held('ben', '12:04');
    expect(teamSince([held('ana', '10:01'), later], now)).toBe(at('12:04'));
    expect(takenByMore([held('ana', '10:01', { teamAt: at('12:04') }), later], it1, now)).toEqual([]);
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
