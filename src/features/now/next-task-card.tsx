import { useEffect, useRef } from 'react';
import type { IncidentView } from '../../parts/incident.tsx';
import { doneWhen } from '../../parts/done-when.ts';
import { LogDialog, ReportDialog } from '../../parts/dialogs.ts';
import { vestOf } from '../../parts/role-badge.tsx';
import { standInWords } from '../../parts/task-row.tsx';
import type { TaskView } from '../../parts/task-view.ts';
import { TimeLeft } from '../../parts/time-left.tsx';
import { clockTime } from '../../parts/time-words.ts';
import type { MarkDone } from '../../parts/use-mark-done.ts';
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
  /** Null where this person reports nothing. */
  readonly onDone: MarkDone | null;
  readonly onAsk: (asking: Asking) => void;
};

/** What is asked about a task; it stays that task's when another one has come first meanwhile. */
export type Asking = { readonly ask: 'done' | 'blocked' | 'note'; readonly row: TaskView };

/** The one thing to do now, with what can be said about it in one press. */
export function NextTaskCard({ view, row, now, onDone, onAsk }: NextTaskCardProps) {
  const { task, progress } = row;
  const { zone } = view.incident;
  const title = useRef<HTMLHeadingElement>(null);
  // Whoever stood on a button of the card before this one reads this one first.
  useEffect(() => {
    if (title.current?.closest('section')?.contains(document.activeElement) === true) title.current.focus();
  }, [task.id]);
  return (
    <Card band={vestOf(view.plan, task.owner)} label={`${task.id} ${task.title}`}>
      <div className={styles.card}>
        <div className={styles.top}>
          <span className={styles.code}>{task.id}</span>
          {row.due ? <TimeLeft dueAt={row.dueAt} late={row.late} now={now} zone={zone} /> : null}
        </div>
        <h2 ref={title} className={styles.task} tabIndex={-1}>
          {task.title}
        </h2>
        <p className={styles.test}>
          {doneWhen(task.completionTest)} <After view={view} row={row} zone={zone} />
        </p>
        {row.standsInFor === null ? null : <p className={styles.test}>You do it {standInWords(row.standsInFor)}.</p>}
        {progress.status === 'not-started' ? null : (
          <p className={styles.test}>
            <StatusIcon status={progress.status} small /> {statusWords[progress.status]}
            {progress.reason === null ? '' : `: ${progress.reason}`}
            {task.steps.length === 0 ? '' : ` · ${row.stepsDone} of ${task.steps.length} steps`}
          </p>
        )}
      </div>
      {onDone === null ? (
        <ButtonLink href={`/checklist/${task.id}`}>More</ButtonLink>
      ) : (
        <>
          <Button kind="primary" onClick={(event) => onDone(row, event)}>
            Mark done
          </Button>
          <ActionRow>
            <Button onClick={() => onAsk({ ask: 'blocked', row })}>Blocked…</Button>
            <Button onClick={() => onAsk({ ask: 'note', row })}>Note</Button>
            <ButtonLink href={`/checklist/${task.id}`}>More</ButtonLink>
          </ActionRow>
        </>
      )}
    </Card>
  );
}

export function AskNow({
  view,
  asking: { ask, row },
  onClose,
}: {
  readonly view: IncidentView;
  readonly asking: Asking;
  readonly onClose: () => void;
}) {
  if (ask === 'note') return <LogDialog view={view} task={row.task.id} onClose={onClose} />;
  return <ReportDialog view={view} row={row} to={ask} onClose={onClose} />;
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
