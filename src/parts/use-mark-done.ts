import { useCallback, useRef } from 'react';
import type { IncidentView } from './incident.tsx';
import type { TaskView } from './task-view.ts';
import { reasonFor, useReport } from './use-report.ts';

/** Where a press fell. */
export type Press = { readonly clientX: number; readonly clientY: number };
export type MarkDone = (row: TaskView, press: Press) => void;

/** As long as the second half of a double-click, or a finger that bounces, may take. */
const moment = 700;
const fingertip = 40;

/**
 * Marks a task done at a press, or asks what that needs. What moves up into the place of a marked task takes no press for a
 * moment: it would mark a task that nobody has read.
 */
export function useMarkDone(view: IncidentView, ask: (row: TaskView) => void): MarkDone {
  const report = useReport(view);
  const last = useRef<(Press & { until: number }) | null>(null);
  return useCallback(
    (row, { clientX, clientY }) => {
      const before = last.current;
      const near = before !== null && Math.hypot(clientX - before.clientX, clientY - before.clientY) < fingertip;
      if (near && performance.now() < before.until) return;
      if (reasonFor(row.progress.status, 'done', row.waitsFor) !== null) return ask(row);
      const press = { clientX, clientY, until: Infinity };
      last.current = press;
      void report.status(row.task, { to: 'done', reason: null }).then((saved) => {
        press.until = saved ? performance.now() + moment : 0;
      });
    },
    [report, ask],
  );
}
