import type { Instant, RoleId } from '../ids.ts';
import { day, millis, minute, type Millis } from '../time.ts';
import type { DeviceReport } from './device-report.ts';
import type { Roster } from './roster.ts';
import { teamChannel } from './team-channel.ts';

/** What is asked of each phone, in the order of the board; what an emergency needs first stands first. */
export const checks = [
  'heard',
  'plan',
  'card',
  'channel',
  'test',
  'installed',
  'kept',
  'space',
  'clock',
  'queue',
  'app',
  'alerts',
] as const;
export type Check = (typeof checks)[number];

/** `not-asked`: the check does not apply to this person. */
export type Colour = 'green' | 'amber' | 'red' | 'unknown' | 'not-asked';

/** What is to be done about a finding, by whom and how. */
export type ToDo =
  | 'invite'
  | 'call'
  | 'print'
  | 'connect'
  | 'read'
  | 'reach'
  | 'test'
  | 'install'
  | 'keep'
  | 'free'
  | 'set-clock'
  | 'send'
  | 'update';

export type Because =
  | 'fine'
  /** Nothing was reported for seven days; whatever was true then may not be now. */
  | 'silent'
  | 'no-report'
  | 'no-phone'
  | 'never-joined'
  | 'no-plan'
  | 'older-plan'
  | 'older-card'
  | 'not-read'
  | 'card-changed'
  | 'no-role'
  | 'not-reached'
  | 'channel-changed'
  | 'long-ago'
  | 'no-channel'
  | 'never-tested'
  | 'test-failed'
  | 'in-a-tab'
  | 'may-be-deleted'
  | 'not-said'
  | 'little-space'
  | 'wrong-clock'
  | 'unsent'
  | 'older-app'
  | 'no-alerts';

export type Finding = {
  readonly check: Check;
  readonly colour: Colour;
  readonly because: Because;
  /** Since when that is known or true; null where no time says anything. */
  readonly at: Instant | null;
  readonly todo: ToDo | null;
};

/** Issue 4: no report for seven days is never green. */
export const silentAfter: Millis = 7 * day;
/** A phone in a drawer for so long counts as lost until somebody asks. */
const lostAfter: Millis = 30 * day;
const testEvery: Millis = 30 * day;
const reachEvery: Millis = 90 * day;
/** protocol.md, Order: a clock may be wrong by so much without being corrected. */
const clockMost: Millis = minute;
/** Bytes: an incident of the largest tier with its plan takes less than half of it. */
const spaceNeeded = 50_000_000;

type Reported = {
  readonly report: DeviceReport;
  readonly lastSeenAt: Instant | null;
  readonly roles: readonly RoleId[];
  readonly roster: Roster;
};
type Found = Omit<Finding, 'check' | 'at'> & { readonly at?: Instant | null };

const rules: { readonly [Each in Check]: (about: Reported) => Found } = {
  heard,
  plan,
  card,
  channel,
  test,
  installed: ({ report }) => (report.installed ? fine : { colour: 'amber', because: 'in-a-tab', todo: 'install' }),
  kept: ({ report: { persisted } }) =>
    persisted === null ? notSaid : persisted ? fine : { colour: 'amber', because: 'may-be-deleted', todo: 'keep' },
  space: ({ report: { free } }) =>
    free === null ? notSaid : free >= spaceNeeded ? fine : { colour: 'amber', because: 'little-space', todo: 'free' },
  clock: ({ report: { clockOffset } }) =>
    clockOffset === null
      ? notSaid
      : Math.abs(clockOffset) <= clockMost
        ? fine
        : { colour: 'amber', because: 'wrong-clock', todo: 'set-clock' },
  queue: ({ report: { queue } }) =>
    queue === null ? notSaid : queue === 0 ? fine : { colour: 'amber', because: 'unsent', todo: 'send' },
  app: ({ report, roster }) =>
    report.app === roster.app ? fine : { colour: 'amber', because: 'older-app', todo: 'update' },
  alerts,
};

const fine: Found = { colour: 'green', because: 'fine', todo: null };
const notSaid: Found = { colour: 'unknown', because: 'not-said', todo: null };

/** What one phone's report says of each check; nothing is green in a report older than seven days. */
export function findings(
  roster: Roster,
  { report, lastSeenAt }: { readonly report: DeviceReport | null; readonly lastSeenAt: Instant | null },
  roles: readonly RoleId[],
): readonly Finding[] {
  if (report === null) return checks.map((check) => withoutReport(check, lastSeenAt));
  const silent = roster.now - millis(report.at) >= silentAfter;
  return checks.map((check) => {
    const found = rules[check]({ report, lastSeenAt, roles, roster });
    const at = found.at === undefined ? report.at : found.at;
    return silent && found.colour === 'green'
      ? { check, colour: 'amber', because: 'silent', at: report.at, todo: 'connect' }
      : { check, at, colour: found.colour, because: found.because, todo: found.todo };
  });
}

/** What is known of a person without a phone: that they never joined, if the server can be asked. */
export function personFindings({ devices }: Pick<Roster, 'devices'>): readonly Finding[] {
  return checks.map((check) =>
    check === 'heard' && devices !== null
      ? { check, colour: 'red', because: 'never-joined', at: null, todo: 'invite' }
      : { check, colour: 'unknown', because: 'no-phone', at: null, todo: null },
  );
}

function withoutReport(check: Check, lastSeenAt: Instant | null): Finding {
  const todo = check === 'heard' ? 'connect' : null;
  if (check !== 'heard') return { check, colour: 'unknown', because: 'no-report', at: null, todo };
  return { check, colour: lastSeenAt === null ? 'red' : 'amber', because: 'no-report', at: lastSeenAt, todo };
}

function heard({ report, lastSeenAt, roster: { now } }: Reported): Found {
  const at = lastSeenAt !== null && lastSeenAt > report.at ? lastSeenAt : report.at;
  if (now - millis(at) >= lostAfter) return { colour: 'red', because: 'silent', at, todo: 'call' };
  if (now - millis(report.at) >= silentAfter) return { colour: 'amber', because: 'silent', at, todo: 'connect' };
  return { ...fine, at };
}

function plan({ report, roles, roster: { current, prints } }: Reported): Found {
  if (current === null) return { colour: 'not-asked', because: 'no-plan', todo: null };
  if (report.plan === null) return { colour: 'red', because: 'no-plan', todo: 'connect' };
  if (report.plan === current.hash) return fine;
  const [held, wanted] = [prints.get(report.plan), prints.get(current.hash)];
  const same = held !== undefined && roles.every((role) => held.get(role) === wanted?.get(role));
  if (same) return { colour: 'amber', because: 'older-plan', todo: 'connect' };
  return { colour: 'red', because: 'older-card', todo: 'connect' };
}

function card({ report, roles, roster: { current, prints } }: Reported): Found {
  if (current === null || roles.length === 0) return { colour: 'not-asked', because: 'no-role', at: null, todo: null };
  const wanted = prints.get(current.hash);
  const read = roles.map((role) => report.cards.find((each) => each.role === role));
  if (read.some((each) => each === undefined)) return { colour: 'red', because: 'not-read', at: null, todo: 'read' };
  const known = read.flatMap((each) => each ?? []);
  const at = known.map((each) => each.at).sort()[0] ?? null;
  const same = known.every((each) => each.plan === current.hash || each.print === wanted?.get(each.role));
  return same ? { ...fine, at } : { colour: 'amber', because: 'card-changed', at, todo: 'read' };
}

function channel({ report, roles, roster: { now, plan: held } }: Reported): Found {
  const of = held === null ? null : teamChannel(held, roles);
  if (of === null) return { colour: 'not-asked', because: 'no-channel', at: null, todo: null };
  if (report.channel === null) return { colour: 'red', because: 'not-reached', at: null, todo: 'reach' };
  const { at } = report.channel;
  if (report.channel.of !== of) return { colour: 'amber', because: 'channel-changed', at, todo: 'reach' };
  if (now - millis(at) >= reachEvery) return { colour: 'amber', because: 'long-ago', at, todo: 'reach' };
  return { ...fine, at };
}

function test({ report: { selfTest }, roster: { now } }: Reported): Found {
  if (selfTest === null) return { colour: 'amber', because: 'never-tested', at: null, todo: 'test' };
  const { at, failed } = selfTest;
  if (failed.length > 0) return { colour: 'red', because: 'test-failed', at, todo: 'test' };
  if (now - millis(at) >= testEvery) return { colour: 'amber', because: 'long-ago', at, todo: 'test' };
  return { ...fine, at };
}

/** Shown, not asked for: what comes as a notification comes by mail too, and a phone without them is no less ready. */
function alerts({ report }: Reported): Found {
  if (report.alerts === null) return notSaid;
  return report.alerts === 'granted' ? fine : { colour: 'not-asked', because: 'no-alerts', todo: null };
}
