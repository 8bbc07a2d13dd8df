import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { TaskStatus } from '../../domain/incident/incident.ts';
import type { TaskCode } from '../../domain/ids.ts';
import { titleOfRole } from '../../domain/plan/role-title.ts';
import type { Millis } from '../../domain/time.ts';
import { doneWhen } from '../../parts/done-when.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { LogDialog, ReportDialog } from '../../parts/dialogs.ts';
import { RoleBadge } from '../../parts/role-badge.tsx';
import { statusWords } from '../../parts/status-words.ts';
import { taskView, type TaskView } from '../../parts/task-view.ts';
import { TimeLeft } from '../../parts/time-left.tsx';
import { planMinutes, whenWords } from '../../parts/time-words.ts';
import { useMarkDone } from '../../parts/use-mark-done.ts';
import { nameOf } from '../../parts/use-people.ts';
import { reasonFor, useReport } from '../../parts/use-report.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { ActionRow, Stack } from '../../ui/stack.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { BackLink } from '../../ui/back-link.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { TaskHistory } from './task-history.tsx';
import { TaskSteps } from './task-steps.tsx';
import styles from './checklist.module.css';

type Asking =
  { readonly ask: 'status'; readonly to: TaskStatus; readonly withTime: boolean } | { readonly ask: 'note' };

/** Everything about one task: its state, what can be reported, its steps, its place in the plan, its history. */
export function TaskPage({
  view,
  code,
  now,
}: {
  readonly view: IncidentView;
  readonly code: TaskCode;
  readonly now: Millis;
}) {
  const task = view.plan.taskByCode.get(code);
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = () => setAsking(null);
  const status = view.records.progress.get(code)?.status ?? 'not-started';
  const { statusPlace, acts } = useFocusAfterAct(status, asking !== null);
  if (task === undefined) {
    return (
      <EmptyState title={`The plan has no task ${code}.`}>
        It may belong to another version, or to another role’s part.
      </EmptyState>
    );
  }
  const row = taskView(view, task, now);
  const mayWrite = view.me.access !== 'observer';
  return (
    <div className={styles.task} data-opened>
      <BackLink href="/checklist" narrow>
        Checklist
      </BackLink>
      <TaskHead view={view} row={row} now={now} statusPlace={statusPlace} />
      {mayWrite ? <TaskActions view={view} row={row} onAct={acts} onAsk={setAsking} /> : null}
      <TaskSteps view={view} task={task} mayWrite={mayWrite} />
      <Waits view={view} title="Waits for" codes={task.dependsOn} />
      <Waits
        view={view}
        title="Others wait for it"
        codes={view.plan.tasks.filter(({ dependsOn }) => dependsOn.includes(code)).map(({ id }) => id)}
      />
      <Facts facts={factsOf(view, row)} />
      <TaskHistory view={view} task={task} now={now} />
      {asking?.ask === 'status' ? (
        <ReportDialog view={view} row={row} to={asking.to} withTime={asking.withTime} onSaved={acts} onClose={close} />
      ) : null}
      {asking?.ask === 'note' ? <LogDialog view={view} task={code} onClose={close} /> : null}
    </div>
  );
}

/** The button that changed the status goes with it: the focus then moves to the new status, not to the start of the page. */
function useFocusAfterAct(status: TaskStatus, asking: boolean) {
  const statusPlace = useRef<HTMLDivElement>(null);
  const actedOn = useRef<TaskStatus | null>(null);
  const acts = () => {
    actedOn.current ??= status;
  };
  useEffect(() => {
    if (actedOn.current === null || actedOn.current === status || asking) return;
    actedOn.current = null;
    if (document.activeElement === document.body) statusPlace.current?.focus();
  }, [status, asking]);
  return { statusPlace, acts };
}

function TaskHead({
  view,
  row,
  now,
  statusPlace,
}: {
  readonly view: IncidentView;
  readonly row: TaskView;
  readonly now: Millis;
  readonly statusPlace: React.RefObject<HTMLDivElement | null>;
}) {
  const wide = useMedia('(min-width: 900px)');
  const Title = wide ? 'h2' : 'h1';
  const { task, progress } = row;
  const { zone } = view.incident;
  const at = progress.endedAt ?? progress.startedAt;
  return (
    <Stack close>
      <div className={styles.top}>
        <span className={styles.code}>{task.id}</span>
        {row.due ? <TimeLeft dueAt={row.dueAt} late={row.late} now={now} zone={zone} /> : null}
      </div>
      <Title className={styles.title} tabIndex={-1}>
        {task.title}
      </Title>
      {task.completionTest === '' ? null : <p className={styles.quiet}>{doneWhen(task.completionTest)}</p>}
      <div ref={statusPlace} className={styles.status} tabIndex={-1}>
        <StatusIcon status={progress.status} />
        <p>
          <strong>{statusWords[progress.status]}</strong>
          {progress.status === 'not-started' && row.waitsFor.length > 0 ? `, waits for ${row.waitsFor.join(', ')}` : ''}
          {progress.reason === null ? '' : `: ${progress.reason}`}
          <br />
          <span className={styles.quiet}>
            {at === null ? '' : `${progress.endedAt === null ? 'since ' : ''}${whenWords(at, zone, now)}`}
            {progress.by === null ? '' : ` · ${nameOf(view.people, progress.by)}`}
            {row.unsent ? ' · to send' : ''}
          </span>
        </p>
      </div>
    </Stack>
  );
}

function TaskActions({
  view,
  row,
  onAct,
  onAsk,
}: {
  readonly view: IncidentView;
  readonly row: TaskView;
  readonly onAct: () => void;
  readonly onAsk: (asking: Asking) => void;
}) {
  const report = useReport(view);
  const { status } = row.progress;
  const press = (to: TaskStatus) => {
    if (reasonFor(status, to, row.waitsFor) === null) {
      onAct();
      void report.status(row.task, { to, reason: null });
    } else onAsk({ ask: 'status', to, withTime: false });
  };
  const ask = (to: TaskStatus, withTime = false) => onAsk({ ask: 'status', to, withTime });
  const final = status === 'done' || status === 'not-applicable';
  const markDone = useMarkDone(view, () => ask('done'));
  return (
    <Stack close>
      {final ? null : (
        <Button
          kind="primary"
          onClick={(event) => {
            onAct();
            markDone(row, event);
          }}
        >
          Mark done
        </Button>
      )}
      <ActionRow broad>
        {status === 'not-started' || status === 'blocked' ? (
          <Button onClick={() => press('in-progress')}>{status === 'blocked' ? 'Unblocked' : 'Start'}</Button>
        ) : null}
        {final || status === 'blocked' ? null : <Button onClick={() => ask('blocked')}>Blocked…</Button>}
        <Button onClick={() => onAsk({ ask: 'note' })}>Note</Button>
        {final ? null : <Button onClick={() => ask('done', true)}>Done earlier…</Button>}
        {final ? null : <Button onClick={() => ask('not-applicable')}>Not applicable…</Button>}
        {status === 'done' ? <Button onClick={() => ask('done', true)}>Correct the time…</Button> : null}
        {final ? <Button onClick={() => ask('in-progress')}>Reopen…</Button> : null}
      </ActionRow>
    </Stack>
  );
}

function Waits({
  view,
  title,
  codes,
}: {
  readonly view: IncidentView;
  readonly title: string;
  readonly codes: readonly TaskCode[];
}) {
  if (codes.length === 0) return null;
  return (
    <Stack close>
      <GroupTitle>{title}</GroupTitle>
      <div className={styles.links}>
        {codes.map((code) => {
          const status = view.records.progress.get(code)?.status ?? 'not-started';
          return (
            <Link key={code} href={`/checklist/${code}`}>
              <StatusIcon status={status} small />
              <span>
                <strong className={styles.code}>{code}</strong> {statusWords[status]}{' '}
                <small>{aboutTask(view, code)}</small>
              </span>
            </Link>
          );
        })}
      </div>
    </Stack>
  );
}

/** `Block the intruder · Security Officer`; nothing of a task that this copy of the plan withholds. */
function aboutTask({ plan }: IncidentView, code: TaskCode): string {
  const task = plan.taskByCode.get(code);
  return task === undefined ? '' : `${task.title} · ${titleOfRole(plan, task.owner)}`;
}

function factsOf(view: IncidentView, { task }: TaskView): readonly Fact[] {
  const { plan } = view;
  const phase = plan.phaseById.get(task.phase);
  const resources = task.resources.flatMap((id) => plan.resources.filter((resource) => resource.id === id));
  return [
    ...(task.detail === undefined || task.detail === '' ? [] : [{ name: 'Detail', value: task.detail }]),
    { name: 'Owner', value: <RoleBadge plan={plan} role={task.owner} /> },
    ...(task.supporting.length === 0
      ? []
      : [
          {
            name: 'Supporting',
            value: [...new Set(task.supporting.map((role) => titleOfRole(plan, role)))].join(', '),
          },
        ]),
    ...(resources.length === 0
      ? []
      : [
          {
            name: 'Resources',
            value: resources.map(({ name, quantity, unit }) => `${name} (${quantity} ${unit})`).join('\n'),
          },
        ]),
    {
      name: 'Target',
      value: `within ${planMinutes(task.target)} of activation${phase === undefined ? '' : `, in “${phase.title}”`}${task.critical ? ' · critical' : ''}`,
    },
  ];
}
