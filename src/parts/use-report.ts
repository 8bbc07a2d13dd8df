import { useCallback } from 'react';
import { untouched, type TaskProgress, type TaskStatus } from '../domain/incident/incident.ts';
import type { Instant, TaskCode } from '../domain/ids.ts';
import type { Draft } from '../domain/ports/records.ts';
import { sentence } from '../domain/sentence.ts';
import { recordKey } from '../domain/sync/kinds.ts';
import type { Task } from '../domain/plan/plan-item.ts';
import { instant } from '../domain/time.ts';
import { useToast } from '../ui/toasts.tsx';
import type { IncidentView } from './incident.tsx';
import { newLogEntry } from './new-log-entry.ts';
import { usePorts } from './ports.tsx';
import type { Reported } from './reporter.tsx';
import { statusWords } from './status-words.ts';
import { believedNow } from './use-now.ts';
import { useWrite } from './use-write.ts';

export type StatusReport = { readonly to: TaskStatus; readonly reason: string | null; readonly reported?: Reported };

/** Reports on the tasks of an incident. Each gives true once it is on disk. */
export type Reporting = {
  /** Saves the status with its log entry, then offers to undo it for ten seconds. */
  readonly status: (task: Task, report: StatusReport) => Promise<boolean>;
  readonly step: (task: Task, n: number, done: boolean) => Promise<boolean>;
};

export function useReport(view: IncidentView): Reporting {
  const { clock, sync, random } = usePorts();
  const write = useWrite();
  const toast = useToast();

  const status = useCallback(
    async (task: Task, report: StatusReport) => {
      const now = believedNow(clock, sync);
      const reported = report.reported ?? {
        at: instant(now),
        by: view.me.person,
        transcribedBy: null,
        medium: 'app',
        unlisted: null,
      };
      const before = view.records.progress.get(task.id) ?? untouched;
      const after = changed(before, report, reported);
      const key = recordKey(view.id, task.id);
      const entry = (from: TaskStatus, to: TaskStatus, reason: string | null, text: string, who: Reported): Draft =>
        newLogEntry(
          view.id,
          {
            type: 'status',
            at: who.at,
            by: who.by,
            transcribedBy: who.transcribedBy,
            medium: who.medium,
            text,
            task: task.id,
            role: task.owner,
            from,
            to,
            reason,
          },
          believedNow(clock, sync),
          random,
        );
      const text = reported.unlisted === null ? '' : sentence(`Reported by ${reported.unlisted}`);
      const saved = await write([
        { kind: 'task', key, value: after, shown: view.seen.task(task.id) },
        entry(before.status, after.status, report.reason, text, reported),
      ]);
      if (saved === null) return false;
      const change = saved[0]?.change;
      const undo = () => {
        const at = instant(believedNow(clock, sync));
        const undone: Reported = { at, by: view.me.person, transcribedBy: null, medium: 'app', unlisted: null };
        void write([
          { kind: 'task', key, value: before, shown: change === undefined ? null : { change, stamp: null } },
          entry(after.status, before.status, null, 'Undone.', undone),
        ]).then((kept) => {
          if (kept !== null) toast({ words: `${task.id} is ${statusWords[before.status]} again` });
        });
      };
      toast({ words: `${task.id} ${savedWords[after.status]}`, action: { label: 'Undo', onPress: undo } });
      return true;
    },
    [view, clock, sync, random, write, toast],
  );

  const step = useCallback(
    async (task: Task, n: number, done: boolean) => {
      const at = instant(believedNow(clock, sync));
      const saved = await write([
        {
          kind: 'step',
          key: recordKey(view.id, task.id, String(n)),
          value: { done, at, by: view.me.person },
          shown: view.seen.step(task.id, n),
        },
      ]);
      return saved !== null;
    },
    [view, clock, sync, write],
  );

  return { status, step };
}

/** What a status change still needs before it may be made. */
export type ReasonFor = 'blocked' | 'not-applicable' | 'reopen' | 'early' | null;

export function reasonFor(from: TaskStatus, to: TaskStatus, waitsFor: readonly TaskCode[]): ReasonFor {
  if (to === 'blocked' || to === 'not-applicable') return to;
  const wasFinal = from === 'done' || from === 'not-applicable';
  if (wasFinal && to !== 'done') return 'reopen';
  if (from === 'not-started' && waitsFor.length > 0) return 'early';
  return null;
}

const savedWords: Readonly<Record<TaskStatus, string>> = {
  'not-started': 'reopened',
  'in-progress': 'started',
  blocked: 'marked blocked',
  done: 'marked done',
  'not-applicable': 'marked not applicable',
};

function changed(before: TaskProgress, { to, reason }: StatusReport, { at, by }: Reported): TaskProgress {
  const final = to === 'done' || to === 'not-applicable';
  return {
    ...before,
    status: to,
    reason,
    startedAt: to === 'not-started' ? null : earlier(before.startedAt, at),
    endedAt: final ? at : null,
    by,
  };
}

/** A press said when it began; a report of what happened before that press corrects it, so that nothing ends before it began. */
function earlier(startedAt: Instant | null, at: Instant): Instant {
  return startedAt === null || at < startedAt ? at : startedAt;
}
