import { useEffect, useMemo, useRef } from 'react';
import { historyFromPhone, historyFromServer, type TaskReport } from '../../domain/incident/task-history.ts';
import { ok } from '../../domain/result.ts';
import type { Millis } from '../../domain/time.ts';
import { usePorts } from '../../parts/ports.tsx';
import { useServerAnswer } from '../../parts/server-memory.tsx';
import { useLive, useRecord } from '../../parts/use-live.ts';
import { believedNow } from '../../parts/use-now.ts';

/** Where a history was read, and what that means for it. */
export type HistorySource =
  | { readonly from: 'server'; readonly at: Millis; readonly stale: boolean }
  /** `asking`: the server has not answered yet. */
  | { readonly from: 'phone'; readonly asking: boolean };

/** The history of one task: the server's while it answers, else what this phone holds. Undefined while that is being read. */
export function useTaskHistory(
  key: string,
):
  | { readonly source: HistorySource; readonly reports: readonly TaskReport[]; readonly askAgain: () => void }
  | undefined {
  const { server, records, device, clock, sync } = usePorts();
  const { known, fault, asking, askAgain } = useServerAnswer(`history task ${key}`, async () => {
    const asked = await server.history('task', key);
    return asked.ok ? ok({ entries: asked.value, at: believedNow(clock, sync) }) : asked;
  });
  const stands = useRecord('task', key);
  const log = useLive(useMemo(() => records.watchTaskLog(key), [records, key]));
  const own = useLive(useMemo(() => device.ownChanges('task', key), [device, key]));
  useAskedAgain(stands?.change, stands?.unsent === false, askAgain);
  return useMemo(() => {
    if (stands === undefined || log === undefined || own === undefined) return undefined;
    if (known === undefined)
      return { source: { from: 'phone', asking }, reports: historyFromPhone(own, log, stands), askAgain };
    const source = { from: 'server', at: known.at, stale: fault !== null } as const;
    return { source, reports: historyFromServer(known.entries, own, log), askAgain };
  }, [stands, log, own, known, fault, asking, askAgain]);
}

/** Another report has come, or one's own was sent: the server can tell more than it did. */
function useAskedAgain(change: string | undefined, isSent: boolean, askAgain: () => void): void {
  const asked = useRef<string | null>(null);
  useEffect(() => {
    const now = `${change ?? ''} ${isSent}`;
    if (asked.current !== null && asked.current !== now) askAgain();
    asked.current = now;
  });
}
