import type { CDPSession } from '@playwright/test';

type TraceEvent = {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ph: string;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  /** The part of `dur` in which the thread had a core, where the system tells it. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
};

/** What Chromium's own tracing saw while `work` ran. */
export async function traced(devtools: CDPSession, work: () => Promise<unknown>): Promise<readonly TraceEvent[]> {
  const events: TraceEvent[] = [];
  devtools.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const complete = new Promise((resolve) => devtools.once('Tracing.tracingComplete', resolve));
  await devtools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel', '__metadata'],
    },
  });
  await devtools.send('Runtime.evaluate', { expression: 'console.timeStamp("work")' });
  await work();
  await devtools.send('Tracing.end');
  await complete;
  return events;
}

export type Longest = { readonly wall: number; readonly cpu: number };

/** Milliseconds of the longest task on the main thread of the page that was traced: as a person waits, and without the time in which others had the core. */
export function longestTask(events: readonly TraceEvent[]): Longest {
  const mark = events.find(({ name }) => name === 'TimeStamp');
  if (mark === undefined) throw new Error('the page is not in the trace');
  const tasks = events.filter(
    ({ name, pid, tid, ph }) => ph === 'X' && pid === mark.pid && tid === mark.tid && name.endsWith('RunTask'),
  );
  if (tasks.length === 0) throw new Error('no tasks in the trace');
  return {
    wall: Math.max(...tasks.map(({ dur }) => (dur ?? 0) / 1000)),
    cpu: Math.max(...tasks.map(({ dur, tdur }) => (tdur ?? dur ?? 0) / 1000)),
  };
}
