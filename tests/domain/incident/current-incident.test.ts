import { describe, expect, it } from 'vitest';
import type { IncidentId, Instant, PlanHash } from '../../../src/domain/ids.ts';
import type { Incident } from '../../../src/domain/incident/incident.ts';
import {
  currentIncident,
  otherRealIncidents,
  type KnownIncident,
} from '../../../src/domain/incident/current-incident.ts';

const known = (id: string, hour: number, part: Partial<Incident> = {}): KnownIncident => ({
  id: id as IncidentId,
  incident: {
    plan: 'a'.repeat(64) as PlanHash,
    mode: 'incident',
    code: 'dakumofi',
    title: id,
    severity: 'major',
    zone: 'UTC',
    startedAt: `2026-11-23T${String(hour).padStart(2, '0')}:00:00.000Z` as Instant,
    status: 'active',
    mergedInto: null,
    ...part,
  },
});

describe('which incident is open', () => {
  it('[CUR-1] the chosen one, while it is known', () => {
    const both = [known('a', 1), known('b', 2)];
    expect(currentIncident(both, 'a' as IncidentId)?.id).toBe('a');
    expect(currentIncident(both, 'gone' as IncidentId)?.id).toBe('b');
  });

  it('[CUR-2] a real one before an exercise, an active one before a closed one, the latest first', () => {
    expect(currentIncident([known('real', 1), known('drill', 5, { mode: 'exercise' })], null)?.id).toBe('real');
    expect(
      currentIncident([known('closed', 9, { status: 'closed' }), known('drill', 5, { mode: 'exercise' })], null)?.id,
    ).toBe('drill');
    expect(currentIncident([known('old', 1), known('new', 3)], null)?.id).toBe('new');
    expect(currentIncident([], null)).toBeNull();
  });

  it('[CUR-3] follows a merge, and ends on a ring of merges', () => {
    const merged = [known('a', 1, { mergedInto: 'b' as IncidentId }), known('b', 2)];
    expect(currentIncident(merged, 'a' as IncidentId)?.id).toBe('b');
    const ring = [
      known('a', 1, { mergedInto: 'b' as IncidentId }),
      known('b', 2, { mergedInto: 'a' as IncidentId }),
      known('c', 0),
    ];
    expect(currentIncident(ring, 'a' as IncidentId)?.id).toBe('c');
  });

  it('[CUR-4] a real incident is told of while an exercise is open, never the other way round', () => {
    const drill = known('drill', 5, { mode: 'exercise' });
    const real = known('real', 1);
    expect(otherRealIncidents([drill, real], drill).map(({ id }) => id)).toEqual(['real']);
    expect(otherRealIncidents([drill, real], real)).toEqual([]);
    expect(otherRealIncidents([real, known('later', 4)], real).map(({ id }) => id)).toEqual(['later']);
    expect(otherRealIncidents([real, known('earlier', 0)], real)).toEqual([]);
  });

  it('[CUR-6] a refused one stays open where it was chosen; where it was not, those that others see come first, and real ones are told of', () => {
    const refused = { ...known('mine', 9), refused: true } as const;
    const drill = known('drill', 5, { mode: 'exercise' });
    const real = known('real', 1);
    expect(currentIncident([drill, refused], 'mine' as IncidentId)?.id).toBe('mine');
    expect(currentIncident([real, refused], null)?.id).toBe('real');
    expect(currentIncident([drill, refused], null)?.id).toBe('mine');
    expect(otherRealIncidents([refused, real], refused).map(({ id }) => id)).toEqual(['real']);
    expect(otherRealIncidents([refused, drill], drill)).toEqual([]);
  });
});
