import { useState } from 'react';
import type { IncidentView } from '../../parts/incident.tsx';
import { doneWhen } from '../../parts/done-when.ts';
import { LogDialog, ReportDialog } from '../../parts/dialogs.ts';
import { vestOf } from '../../parts/role-badge.tsx';
import type { TaskView } from '../../parts/task-view.ts';
import { TimeLeft } from '../../parts/time-left.tsx';
import { clockTime } from '../../parts/time-words.ts';
import { reasonFor, useReport } from '../../parts/use-report.ts';
import type { Millis } from '../../domain/time.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ActionRow } from '../../ui/stack.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { statusWords } from '../../parts/status-words.ts';
import styles from './now.module.css';

type NextTaskCardProps = {
  readonly view: IncidentView;
  readonly row: TaskView;
  readonly now: Millis;
  readonly mayWrite: boolean;
};

/** The one thing to do now, with what can be said about it in one press. */
export function NextTaskCard({ view, row, now, mayWrite }: NextTaskCardProps) {
  const report = useReport(view);
  const [asking, setAsking] = useState<'done' | 'blocked' | 'note' | null>(null);
  const { task, progress } = row;
  const { zone } = view.incident;
  const done = () => {
    if (reasonFor(progress.status, 'done', row.waitsFor) === null)
      void report.status(task, { to: 'done', reason: null });
    else setAsking('done');
  };
  return (
    <Card band={vestOf(view.plan, task.owner)} label={`${task.id} ${task.title}`}>
      <div className={styles.card}>
        <div className={styles.top}>
          <span className={styles.code}>{task.id}</span>
          {row.due ? <TimeLeft dueAt={row.dueAt} late={row.late} now={now} zone={zone} /> : null}
        </div>
        <h2 className={styles.task}>{task.title}</h2>
        <p className={styles.test}>
          {doneWhen(task.completionTest)} <After view={view} row={row} zone={zone} />
        </p>
        {progress.status === 'not-started' ? null : (
          <p className={styles.test}>
            <StatusIcon status={progress.status} small /> {statusWords[progress.status]}
            {progress.reason === null ? '' : `: ${progress.reason}`}
            {task.steps.length === 0 ? '' : ` · ${row.stepsDone} of ${task.steps.length} steps`}
          </p>
        )}
      </div>
      {mayWrite ? (
        <>
          <Button kind="primary" onClick={done}>
            Mark done
          </Button>
          <ActionRow>
            <Button onClick={() => setAsking('blocked')}>Blocked…</Button>
            <Button onClick={() => setAsking('note')}>Note</Button>
            <ButtonLink href={`/checklist/${task.id}`}>More</ButtonLink>
          </ActionRow>
        </>
      ) : (
        <ButtonLink href={`/checklist/${task.id}`}>More</ButtonLink>
      )}
      {asking === 'done' || asking === 'blocked' ? (
        <ReportDialog view={view} row={row} to={asking} onClose={() => setAsking(null)} />
      ) : null}
      {asking === 'note' ? <LogDialog view={view} task={task.id} onClose={() => setAsking(null)} /> : null}
    </Card>
  );
}

function After({ view, row, zone }: { readonly view: IncidentView; readonly row: TaskView; readonly zone: string }) {
  return row.task.dependsOn.map((code) => {
    const before = view.records.progress.get(code);
    if (before?.status !== 'done' || before.endedAt === null) return null;
    return (
      <span key={code}>
        After {code} <StatusIcon status="done" small /> done {clockTime(before.endedAt, zone)}.{' '}
      </span>
    );
  });
}
