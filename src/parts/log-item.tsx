import type { LogEntry } from '../domain/incident/incident.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { millis, minute, type Millis } from '../domain/time.ts';
import { Icon } from '../ui/icon.tsx';
import { StatusIcon } from '../ui/status-icon.tsx';
import { roleTitle } from './role-badge.tsx';
import { logTypeWords, mediumWords, statusWords } from './status-words.ts';
import { whenWords } from './time-words.ts';
import { nameOf, type People } from './use-people.ts';
import styles from './log-item.module.css';

type LogItemProps = {
  readonly entry: LogEntry;
  readonly plan: Plan;
  readonly people: People;
  readonly zone: string;
  readonly now: Millis;
  readonly unsent: boolean;
  /** A task's own page doesn't name the task in each line. */
  readonly withTask?: boolean;
};

/** One entry as ICS-214 has it: when, what, who; and when it was typed by whom if that is another story. */
export function LogItem({ entry, plan, people, zone, now, unsent, withTask = true }: LogItemProps) {
  const task = entry.task === null ? null : (plan.taskByCode.get(entry.task) ?? null);
  return (
    <div className={styles.item}>
      <span className={styles.sign}>
        {entry.type === 'status' && entry.to !== undefined ? (
          <StatusIcon status={entry.to} />
        ) : (
          <Icon name={typeIcons[entry.type]} />
        )}
      </span>
      <div className={styles.words}>
        <p className={styles.text}>
          <time className={styles.when} dateTime={entry.at}>
            {whenWords(entry.at, zone, now)}
          </time>{' '}
          {withTask && entry.task !== null ? <strong className={styles.code}>{entry.task} </strong> : null}
          {entry.type === 'status' ? statusSentence(entry) : entry.text}
        </p>
        {withTask && task !== null && entry.type === 'status' ? <p className={styles.quiet}>{task.title}</p> : null}
        {entry.type === 'status' && entry.text !== '' ? <p className={styles.quiet}>{entry.text}</p> : null}
        <p className={styles.quiet}>
          {[logTypeWords[entry.type], ...whoWords(entry, plan, people, zone, now), unsent ? 'to send' : null]
            .filter((part) => part !== null)
            .join(' · ')}
        </p>
      </div>
    </div>
  );
}

const typeIcons = {
  status: 'checklist',
  note: 'log',
  decision: 'check',
  message: 'communications',
  handover: 'people',
} as const;

function statusSentence(entry: LogEntry): string {
  if (entry.to === undefined) return entry.text;
  const reason = entry.reason == null || entry.reason === '' ? '' : `: ${entry.reason}`;
  if (entry.from === entry.to) return `${statusWords[entry.to]}, time corrected${reason}`;
  return `${statusWords[entry.to]}${reason}`;
}

function whoWords(entry: LogEntry, plan: Plan, people: People, zone: string, now: Millis): readonly (string | null)[] {
  const typedLater = entry.enteredAt !== undefined && millis(entry.enteredAt) - millis(entry.at) >= 2 * minute;
  const typedBy = entry.transcribedBy === null ? null : nameOf(people, entry.transcribedBy);
  return [
    entry.by === null ? null : nameOf(people, entry.by),
    entry.role === null ? null : roleTitle(plan, entry.role),
    entry.medium === null || entry.medium === 'app' ? null : (mediumWords[entry.medium] ?? entry.medium),
    typedBy === null && !typedLater
      ? null
      : `typed${typedLater && entry.enteredAt !== undefined ? ` ${whenWords(entry.enteredAt, zone, now)}` : ''}${typedBy === null ? '' : ` by ${typedBy}`}`,
  ];
}
