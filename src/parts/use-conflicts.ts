import { useMemo } from 'react';
import { inDecidingOrder } from '../domain/sync/conflict-decisions.ts';
import type { ShownConflict } from './use-decide.ts';
import { useRecords } from './use-live.ts';

/** Every conflict that this device holds: this person's, and for who coordinates those of all. Undefined while it is being read. */
export function useConflicts():
  { readonly open: readonly ShownConflict[]; readonly decided: readonly ShownConflict[] } | undefined {
  const shown = useRecords('conflict', '');
  return useMemo(() => shown && inDecidingOrder(shown.filter(hasValue)), [shown]);
}

function hasValue(shown: NonNullable<ReturnType<typeof useRecords<'conflict'>>>[number]): shown is ShownConflict {
  return shown.value !== null;
}
