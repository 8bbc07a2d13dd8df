import { Children, memo, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { Band } from '../ui/card.tsx';
import type { Millis } from '../domain/time.ts';
import { classNames } from '../ui/class-names.ts';
import { LateMark } from '../ui/late-mark.tsx';
import { once } from '../ui/once.ts';
import { StatusIcon } from '../ui/status-icon.tsx';
import { statusWords } from './status-words.ts';
import type { TaskView } from './task-view.ts';
import { dueWords, lateWords } from './time-left.tsx';
import { clockTime } from './time-words.ts';
import vest from '../ui/vest.module.css';
import type { MarkDone } from './use-mark-done.ts';
import styles from './task-row.module.css';

type TaskRowProps = {
  readonly row: TaskView;
  readonly band: Band | null;
  readonly now: Millis;
  readonly zone: string;
  /** Who reported it, where the row has room to say so. */
  readonly byName?: string | null;
  /** Marks it done; null where this person can't. */
  readonly onDone: MarkDone | null;
  readonly opened?: boolean;
};

/** One task in a list: its shape marks it done, the rest of the row opens it. */
export const TaskRow = memo(function TaskRow({
  row,
  band,
  now,
  zone,
  byName = null,
  onDone,
  opened = false,
}: TaskRowProps) {
  const { task, progress } = row;
  const open = progress.status !== 'done' && progress.status !== 'not-applicable';
  const body = useRef<HTMLAnchorElement>(null);
  const pressed = useRef(false);
  useEffect(() => {
    if (!open && pressed.current) body.current?.focus();
    pressed.current = false;
  }, [open]);
  return (
    <div
      className={classNames(
        styles.row,
        band !== null && styles.banded,
        band !== null && vest[band],
        styles[progress.status],
        opened && styles.opened,
      )}
    >
      {open && onDone !== null ? (
        <button
          type="button"
          className={styles.mark}
          aria-label={`Mark ${task.id} done`}
          onKeyDown={once}
          onClick={(event) => {
            pressed.current = true;
            onDone(row, event);
          }}
        >
          <StatusIcon status={progress.status} />
        </button>
      ) : (
        <span className={styles.sign}>
          <StatusIcon status={progress.status} />
        </span>
      )}
      <Link
        ref={body}
        href={`/checklist/${task.id}`}
        className={styles.body}
        aria-current={opened ? 'true' : undefined}
        onKeyDown={once}
      >
        <span className={styles.title}>
          <strong className={styles.code}>{task.id}</strong> {task.title}
        </span>
        <span className={styles.state}>
          <StateLine row={row} now={now} zone={zone} byName={byName} />
        </span>
      </Link>
    </div>
  );
});

function StateLine({
  row,
  now,
  zone,
  byName,
}: {
  readonly row: TaskView;
  readonly now: Millis;
  readonly zone: string;
  readonly byName: string | null;
}) {
  const { progress, waitsFor, dueAt, due, late, stepsDone, task, unsent } = row;
  const word = statusWords[progress.status];
  const parts: React.ReactNode[] = [];
  switch (progress.status) {
    case 'done':
      parts.push(progress.endedAt === null ? word : `${word} ${clockTime(progress.endedAt, zone)}`, byName);
      break;
    case 'not-applicable':
      parts.push(progress.reason === null ? word : `${word}: ${progress.reason}`);
      break;
    case 'blocked':
      parts.push(
        <strong key="why" className={styles.blockedWords}>
          {word}: {progress.reason ?? 'no reason given'}
          {progress.startedAt === null ? '' : ` · since ${clockTime(progress.startedAt, zone)}`}
        </strong>,
      );
      break;
    case 'in-progress':
      parts.push(word);
      break;
    case 'not-started':
      parts.push(waitsFor.length > 0 ? `waits for ${waitsFor.join(', ')}` : word);
      break;
  }
  const open = progress.status !== 'done' && progress.status !== 'not-applicable';
  if (due) parts.push(late ? <LateMark key="late">{lateWords(dueAt, now)}</LateMark> : dueWords(dueAt, now, zone));
  if (open && task.steps.length > 0 && stepsDone > 0) parts.push(`${stepsDone} of ${task.steps.length} steps`);
  if (row.standsInFor !== null) parts.push(standInWords(row.standsInFor));
  if (unsent) parts.push('to send');
  return withDots(parts);
}

/** Why a task of another role is listed as one's own (product.md, The role card). */
export function standInWords(role: string): string {
  return `for ${role}, where nobody works`;
}

function withDots(parts: readonly React.ReactNode[]): React.ReactNode {
  // The parts of a line have no other identity than their place, which is what this gives them as key.
  return Children.map(
    parts.filter((part) => part !== null && part !== ''),
    (part, place) => (
      <span>
        {place === 0 ? null : ' · '}
        {part}
      </span>
    ),
  );
}
