import type { LostRecord } from '../domain/ports/lost-records.ts';
import { usePorts } from './ports.tsx';
import { useLive } from './use-live.ts';

/** What a server lost and this device still holds; undefined while it is being read. */
export function useLost(): readonly LostRecord[] | undefined {
  const { lost } = usePorts();
  return useLive(lost.all);
}
