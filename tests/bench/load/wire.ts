import { randomInt } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { IncidentId } from '../../../src/domain/ids.ts';
import { incidentId } from '../../../src/domain/incident/incident-id.ts';
import type { Json } from '../../../src/domain/json.ts';
import type { PublishedPlan } from '../../../src/domain/plan/plan-item.ts';
import type { Change, SyncReply } from '../../../src/domain/sync/protocol.ts';
import { hour, instant } from '../../../src/domain/time.ts';
import type { Journal } from '../../../sync-server/journal/journal.ts';
import { generatedPlan } from '../../support/large-plan.ts';
import { catchUp, HoldfastDevice } from './devices.ts';
import { keep, makeFixture, removeFixture, type Member } from './fixture.ts';
import { HttpCalls, type HttpReply } from './http-calls.ts';
import { signIn } from './identity.ts';
import { ChangeMaker, taskProgress } from './making-changes.ts';
import { freePort, startHoldfast } from './processes.ts';

export type Wire = {
  readonly encoding: string;
  readonly records: number;
  readonly bytes: number;
  readonly plain: number;
};

/** People who report on the Large plan's tasks, one for each of its roles. */
const reporters = 34;
/** Few pushes, since each reads the plan once more. */
const perPush = 40;

/**
 * What a phone takes over the line for one record: the progress of every task of the Large plan, reported by many people over hours,
 * pulled by a phone that has the plan already.
 */
export async function wire(encodings: readonly string[]): Promise<readonly Wire[]> {
  const plan = generatedPlan('large');
  let seqOfPlan = 0;
  const { dataDir, members } = await makeFixture(reporters + 1, async (journal, all) => {
    const incident = await publish(journal, all[0] as Member, plan);
    seqOfPlan = (await journal.head((all[0] as Member).session.workspace)).head.seq;
    await report(journal, all.slice(1), plan, incident);
  });
  const server = await startHoldfast(dataDir, await freePort());
  const calls = new HttpCalls(server.origin);
  const token = await signIn(calls, (members[1] as Member).identity);
  const known = new HoldfastDevice(calls, token);
  await catchUp(known);
  const found: Wire[] = [];
  for (const encoding of encodings) found.push(await pull(calls, token, known, seqOfPlan, encoding));
  calls.close();
  await server.stop();
  removeFixture(dataDir);
  return found;
}

async function pull(
  calls: HttpCalls,
  token: string,
  known: HoldfastDevice,
  from: number,
  encoding: string,
): Promise<Wire> {
  let [records, bytes, plain] = [0, 0, 0];
  for (let cursor = from, more = true; more;) {
    const reply = await calls.post('/api/sync', { token, body: { ...known.body([]), cursor }, accept: encoding });
    const text = inflated(reply);
    const page = JSON.parse(text.toString()) as SyncReply;
    records += page.records.length;
    bytes += reply.body.length;
    plain += text.length;
    ({ cursor, more } = page);
  }
  return { encoding, records, bytes, plain };
}

function inflated({ status, headers, body }: HttpReply): Buffer {
  if (status !== 200) throw new Error(body.toString());
  if (headers['content-encoding'] === 'br') return brotliDecompressSync(body);
  return headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

async function publish(journal: Journal, coordinator: Member, { hash, ...plan }: PublishedPlan): Promise<IncidentId> {
  const maker = new ChangeMaker(coordinator.identity.device);
  const by = coordinator.session.person;
  const code = 'bakodiru';
  const incident = incidentId(hash, 'incident', code);
  const value = {
    ...{
      plan: hash,
      mode: 'incident',
      code,
      title: 'Data centre lost',
      severity: 'severe',
      zone: 'Africa/Johannesburg',
    },
    ...{ startedAt: instant(Date.now()), status: 'active', closedAt: null, declaredBy: by, mergedInto: null },
  };
  const version = { ...plan, author: by } as unknown as Json;
  await keep(journal, coordinator, [maker.make('plan-version', hash, version)]);
  await keep(journal, coordinator, [maker.make('incident', incident, value)]);
  return incident;
}

/** In turn, a few tasks at a time, as phones send them during an incident: every task is started, and half of them are done later. */
async function report(
  journal: Journal,
  people: readonly Member[],
  plan: PublishedPlan,
  incident: IncidentId,
): Promise<void> {
  let now = Date.now() - 10 * hour;
  const makers = people.map(({ identity }) => new ChangeMaker(identity.device, () => now));
  const codes = plan.items.flatMap(({ section, id }) => (section === 'task' ? [id] : []));
  const started = new Map<string, Change>();
  const halves = [codes, codes.filter((_, place) => place % 2 === 1)];
  for (const [half, tasks] of halves.entries())
    for (let from = 0; from < tasks.length; from += perPush) {
      const place = randomInt(people.length);
      const [member, maker] = [people[place], makers[place]];
      if (member === undefined || maker === undefined) return;
      const changes = tasks.slice(from, from + perPush).map((code) => {
        now += randomInt(10_000);
        const first = started.get(code);
        const shown = first === undefined ? null : { base: first.id, seen: first.stamp };
        const progress = taskProgress(member.session.person, half, now);
        const change = maker.make('task', `${incident}/${code}`, progress, shown);
        started.set(code, change);
        return change;
      });
      await keep(journal, member, changes, now);
    }
}
