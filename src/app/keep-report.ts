import { readLive } from '../domain/ports/read-live.ts';
import { reportDue, reportSpread } from '../domain/readiness/device-report.ts';
import { hour, minute, type Millis } from '../domain/time.ts';
import { gatherReport, type GatheredReport } from '../parts/phone-report.ts';
import type { Ports } from '../parts/ports.tsx';
import { heldVersions, type HeldVersion } from '../parts/use-plan-versions.ts';

type KeptReportParts = Pick<
  Ports,
  'records' | 'device' | 'sync' | 'clock' | 'random' | 'persistence' | 'installation' | 'app'
>;

/** After an opening the phone has better things to do, and after a look there is rarely something new. */
const first: Millis = 10_000;
const between: Millis = minute;

/**
 * Writes this phone's readiness report when one is due, until `signal` aborts. Only while the server answers and holds all that a
 * person wrote: the report then goes at once, and never stands among what waits to be sent on a phone without a network.
 */
export async function keepReport(
  parts: KeptReportParts,
  signal: AbortSignal,
  wait: (ms: Millis, until: AbortSignal) => Promise<void> = pause,
): Promise<void> {
  const { sync, records, installation } = parts;
  let versions: readonly HeldVersion[] | null = null;
  let news = new AbortController();
  const tell = () => news.abort();
  signal.addEventListener('abort', tell);
  const leave = [
    sync.status.subscribe(tell),
    installation.subscribe(tell),
    records.watchPrefix('plan-version', '').subscribe(
      (shown) => {
        versions = heldVersions(shown);
        tell();
      },
      () => undefined,
    ),
  ];
  await wait(first, signal);
  while (!signal.aborted) {
    news = new AbortController();
    const current = () => versions?.[0] ?? null;
    const isReady = () => versions !== null && atRest(parts);
    try {
      if (isReady() && (await dueReport(parts, current())) !== null) {
        await wait(await turn(parts), signal);
        const due = !signal.aborted && isReady() ? await dueReport(parts, current()) : null;
        if (due !== null) await write(parts, due);
      }
    } catch {
      // what could not be asked or loaded this time is asked again: a phone that falls silent turns red
    }
    await wait(between, signal);
    if (!signal.aborted) await wait(hour, news.signal);
  }
  for (const each of leave) each();
}

function atRest({ sync }: KeptReportParts): boolean {
  const { connection, unsent, filling } = sync.status.get();
  return connection === 'online' && unsent === 0 && filling === null;
}

/** Null where nothing is due, or nobody is there to be told. */
async function dueReport(parts: KeptReportParts, current: HeldVersion | null): Promise<GatheredReport | null> {
  const membership = await readLive(parts.device.membership);
  if (!membership.ok || membership.value.state !== 'member') return null;
  const gathered = await gatherReport(parts, membership.value.device, current);
  return gathered !== null && reportDue(gathered.before, gathered.report) ? gathered : null;
}

/** When it is this phone's turn: a new plan makes all of them report. */
async function turn({ records, random }: KeptReportParts): Promise<Millis> {
  const people = await readLive(records.watchPrefix('person', ''));
  const [byte = 0, other = 0] = random.bytes(2);
  return ((byte * 256 + other) / 65_536) * reportSpread(people.ok ? people.value.length : 0);
}

/** A report that can't be kept is no work of a person that is lost; the next one says the same. */
async function write({ records, sync }: KeptReportParts, { draft, report }: GatheredReport): Promise<void> {
  const written = await records.write([draft(report)]);
  if (written.ok) sync.nudge('wrote');
}

function pause(ms: Millis, until: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      until.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, until.aborted ? 0 : ms);
    until.addEventListener('abort', end);
  });
}
