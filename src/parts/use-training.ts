import { useMemo } from 'react';
import type { KnownTraining } from '../domain/training/training-due.ts';
import type { Shown } from '../domain/ports/records.ts';
import { localDate } from './time-words.ts';
import { useRecords } from './use-live.ts';
import { useNow } from './use-now.ts';
import { useZone } from './use-zone.ts';

export type TrainingRecord = {
  readonly known: readonly KnownTraining[];
  readonly seen: (id: string) => Shown<'training'> | null;
  /** The date of today where this device is, or of the open incident. */
  readonly today: string;
};

/** Every briefing, exercise, review and test that this device knows; undefined while they are read. */
export function useTraining(): TrainingRecord | undefined {
  const shown = useRecords('training', '');
  const zone = useZone();
  const now = useNow();
  const today = localDate(now, zone);
  return useMemo(() => {
    if (shown === undefined) return undefined;
    const byId = new Map(shown.map((each) => [each.key, each] as const));
    return {
      known: shown.flatMap(({ key, value }) => (value === null ? [] : [{ id: key, training: value }])),
      seen: (id) => byId.get(id) ?? null,
      today,
    };
  }, [shown, today]);
}
