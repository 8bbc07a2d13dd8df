import type { ChangeId, DeviceId, Instant, PersonId, Stamp } from '../ids.ts';
import type { OwnChange, Shown } from '../ports/records.ts';
import { ancestorsOf, winnerOf, type HistoryLink } from '../sync/ancestry.ts';
import type { Author, JournalEntry } from '../sync/protocol.ts';
import { stampTime } from '../sync/stamp.ts';
import { uuid7Time } from '../sync/uuid7.ts';
import type { LogEntry, TaskProgress, TaskStatus } from './incident.ts';

/** What became of a report. */
export type ReportFate =
  /** It is what is so now. */
  | 'stands'
  /** A later report was made by somebody who had seen it. */
  | 'followed'
  /** Another one won that had not seen it. */
  | 'overruled'
  /** No longer so; by what is at hand nobody can say whether it was overruled. */
  | 'earlier'
  | 'to-send'
  | 'refused'
  | 'given-up';

/** One report of a task's progress: who, what, when, from where (ICS-214), and from when on it counts. */
export type TaskReport = {
  readonly change: ChangeId;
  readonly status: TaskStatus;
  readonly reason: string | null;
  /** When it happened, as it was reported. */
  readonly at: Instant | null;
  readonly by: PersonId | null;
  readonly transcribedBy: PersonId | null;
  /** `app`, `radio`, `paper` …; null where no line in the log tells. */
  readonly medium: string | null;
  readonly author: Author;
  /** Effective time: the order that the server gave it; null while none did. */
  readonly effective: Instant | null;
  /** When the server took it; null where only the server could say. */
  readonly received: Instant | null;
  readonly fate: ReportFate;
};

export type HeldLog = Pick<Shown<'log'>, 'change' | 'author' | 'stamp' | 'value'>;

/** The history of a task as the server tells it, with what this phone has not sent or was refused. The latest first. */
export function historyFromServer(
  entries: readonly JournalEntry[],
  own: readonly OwnChange[],
  log: readonly HeldLog[],
): readonly TaskReport[] {
  const links = new Map(entries.map((entry): [ChangeId, HistoryLink] => [entry.change.id, linkOf(entry)]));
  const winner = winnerOf(links)?.id ?? null;
  const seen = winner === null ? new Set<ChangeId>() : ancestorsOf(links, winner);
  const told = entries.flatMap(({ change, stamp, author, at }) => {
    const fate = change.id === winner ? 'stands' : seen.has(change.id) ? 'followed' : 'overruled';
    return reportOf({ id: change.id, value: change.value, author, stamp, received: at, fate }, log);
  });
  const unknown = own.filter(({ change, fate }) => !links.has(change) && fate !== 'sent');
  return latestFirst([...told, ...unknown.flatMap((change) => ownReport(change, null, log))]);
}

/**
 * The history of a task by what a phone holds without a server: its own changes and everybody's lines in the log. `stands` is the
 * record as it is shown. The latest first.
 */
export function historyFromPhone(
  own: readonly OwnChange[],
  log: readonly HeldLog[],
  stands: Pick<Shown<'task'>, 'change' | 'author' | 'stamp' | 'value'> | null,
): readonly TaskReport[] {
  const mine = own.flatMap((change) => ownReport(change, stands?.change ?? null, log));
  const paired = new Set(own.map((change) => lineOf({ ...change, id: change.change }, log)?.change));
  const standing = stands !== null && !own.some(({ change }) => change === stands.change) ? stands : null;
  const winner =
    standing === null ? [] : reportOf({ ...standing, id: standing.change, received: null, fate: 'stands' }, log);
  if (standing !== null) paired.add(lineOf({ ...standing, id: standing.change }, log)?.change);
  const others = log.filter(({ change, value }) => value?.type === 'status' && !paired.has(change));
  return latestFirst([...mine, ...winner, ...others.flatMap(loggedReport)]);
}

type Reported = {
  readonly id: ChangeId;
  readonly value: unknown;
  readonly author: Author;
  readonly stamp: Stamp | null;
  readonly received: Instant | null;
  readonly fate: ReportFate;
};

function ownReport(own: OwnChange, stands: ChangeId | null, log: readonly HeldLog[]): readonly TaskReport[] {
  const fate = own.fate !== 'sent' ? own.fate : own.change === stands ? 'stands' : 'earlier';
  return reportOf(
    { id: own.change, value: own.value, author: own.author, stamp: own.stamp, received: null, fate },
    log,
  );
}

/** Nothing for a value that is no progress, such as one that was erased. */
function reportOf(reported: Reported, log: readonly HeldLog[]): readonly TaskReport[] {
  const { id, author, stamp, received, fate } = reported;
  const value = reported.value as TaskProgress | null;
  if (value === null || typeof value !== 'object') return [];
  const line = lineOf(reported, log)?.value ?? null;
  const by = line?.by ?? value.by ?? null;
  return [
    {
      change: id,
      status: value.status,
      reason: value.reason ?? null,
      at: line?.at ?? value.endedAt ?? null,
      by,
      transcribedBy: line === null ? (by === author.person ? null : author.person) : line.transcribedBy,
      medium: line?.medium ?? null,
      author,
      effective: stamp === null ? null : stampTime(stamp),
      received,
      fate,
    },
  ];
}

function loggedReport({ change, author, stamp, value }: HeldLog): readonly TaskReport[] {
  if (value?.to === undefined) return [];
  const { at, by, transcribedBy, medium, to, reason } = value;
  const effective = stamp === null ? null : stampTime(stamp);
  const fate = stamp === null ? 'to-send' : 'earlier';
  return [
    {
      change,
      status: to,
      reason: reason ?? null,
      at,
      by,
      transcribedBy,
      medium,
      author,
      effective,
      received: null,
      fate,
    },
  ];
}

/** The line in the log that was written by the same press: same device, same status, ids made within the same second. */
function lineOf(
  { id, value, author }: Pick<Reported, 'id' | 'value' | 'author'>,
  log: readonly HeldLog[],
): HeldLog | null {
  const status = (value as TaskProgress | null)?.status;
  const isOf = (entry: LogEntry | null, device: DeviceId) =>
    entry?.type === 'status' && entry.to === status && device === author.device;
  const near = log
    .filter((each) => isOf(each.value, each.author.device) && Math.abs(uuid7Time(each.change) - uuid7Time(id)) <= 1_000)
    .sort((a, b) => Math.abs(uuid7Time(a.change) - uuid7Time(id)) - Math.abs(uuid7Time(b.change) - uuid7Time(id)));
  return near[0] ?? null;
}

function linkOf({ change, stamp, author }: JournalEntry): HistoryLink {
  return {
    id: change.id,
    base: change.base,
    device: author.device,
    n: change.n,
    person: author.person,
    stamp,
    accepted: true,
  };
}

/** What no server has ordered yet is later than everything it has. */
function latestFirst(reports: readonly TaskReport[]): readonly TaskReport[] {
  const order = ({ effective, change }: TaskReport) => `${effective ?? '~'} ${change}`;
  return [...reports].sort((a, b) => (order(a) < order(b) ? 1 : -1));
}
