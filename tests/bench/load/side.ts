import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Change } from '../../../src/domain/sync/protocol.ts';
import type { Journal } from '../../../sync-server/journal/journal.ts';
import { openPostgres } from '../../../sync-server/journal/postgres-database.ts';
import { openPostgresJournal } from '../../../sync-server/journal/postgres-journal.ts';
import { FloorDevice, HoldfastDevice, type LoadDevice } from './devices.ts';
import { fillJournal, keep, makeFixture, newDataDir, removeFixture, type Member } from './fixture.ts';
import type { FloorRequest } from './floor-wire.ts';
import { bodyOf, HttpCalls } from './http-calls.ts';
import { signIn } from './identity.ts';
import { ChangeMaker } from './making-changes.ts';
import { freePort, startFloor, startHoldfast, startNodes } from './processes.ts';

/** What is compared with another: a server, or two, running, with its devices signed in. */
export type Side = {
  readonly devices: readonly LoadDevice[];
  /** Who makes the changes of the device at the same place. */
  readonly makers: readonly ChangeMaker[];
  readonly people: readonly string[];
  /** Milliseconds that the servers were on a core so far. */
  readonly onCore: () => number;
  readonly end: () => Promise<void>;
};

/** Makes the batches that the server holds before the measurement, of the device at place 0. */
export type Before = (maker: ChangeMaker, person: string) => readonly Change[];

/** Starts on a database of its own that holds `before`, nothing unless it is given. */
export type OpenSide = (devices: number, before?: Before) => Promise<Side>;

const empty: Before = () => [];

export async function openFloor(many: number, before = empty): Promise<Side> {
  const dataDir = newDataDir();
  const makers = Array.from({ length: many }, (_, place) => new ChangeMaker(idOf(place)));
  await fillFloor(dataDir, makers[0] === undefined ? [] : before(makers[0], 'person-0'));
  const server = await startFloor(dataDir, await freePort());
  const calls = new HttpCalls(server.origin);
  const devices = makers.map(() => new FloorDevice(calls));
  // As many calls as Holdfast's devices take to sign in: the HTTP of both has run before.
  for (const call of devices.flatMap(() => [emptyCall, emptyCall]))
    bodyOf(await calls.post('/api/sync', { body: call }));
  return {
    devices,
    makers,
    people: devices.map((_, place) => `person-${String(place)}`),
    onCore: server.onCore,
    end: ending(server, calls, dataDir),
  };
}

const emptyCall: FloorRequest = { changes: [], cursor: Number.MAX_SAFE_INTEGER, limit: 1 };

/** By a process that ends: like Holdfast's, the one that is measured has taken in and given out nothing yet. */
async function fillFloor(dataDir: string, changes: readonly Change[]): Promise<void> {
  const server = await startFloor(dataDir, await freePort());
  const calls = new HttpCalls(server.origin);
  const filler = new FloorDevice(calls);
  for (let from = 0; from < changes.length; from += 500) await filler.sync(changes.slice(from, from + 500));
  calls.close();
  await server.stop();
}

export async function openHoldfast(many: number, before = empty): Promise<Side> {
  const { makers, fill } = filling(before);
  const { dataDir, members } = await makeFixture(many + 1, fill);
  const server = await startHoldfast(dataDir, await freePort());
  const calls = new HttpCalls(server.origin);
  return {
    ...(await signedIn(members, [calls])),
    makers,
    onCore: server.onCore,
    end: ending(server, calls, dataDir),
  };
}

/** Two servers under one address on a database of their own in this PostgreSQL; every second device speaks with each. */
export function openTwoNodes(postgres: string): OpenSide {
  return async (many, before = empty) => {
    const url = await newDatabase(postgres);
    const random = (length: number) => randomBytes(length);
    const journal = await openPostgresJournal({ url, pool: await openPostgres(url), random, revocations: null });
    const { makers, fill } = filling(before);
    const members = await fillJournal(journal, many + 1, fill);
    const folders = [newDataDir(), newDataDir()];
    const nodes = await startNodes(url, folders);
    const calls = nodes.map(({ origin }) => new HttpCalls(origin, nodes[0]?.origin));
    return {
      ...(await signedIn(members, calls)),
      makers,
      onCore: () => nodes.reduce((sum, node) => sum + node.onCore(), 0),
      end: async () => {
        for (const each of calls) each.close();
        await Promise.all(nodes.map((node) => node.stop()));
        folders.forEach(removeFixture);
      },
    };
  };
}

async function newDatabase(postgres: string): Promise<string> {
  const client = new pg.Client(postgres);
  const name = `load_${randomBytes(6).toString('hex')}`;
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return new URL(name, postgres).href;
}

/** The first member is the coordinator, who sees more than the others: only the others take part. */
function takingPart(members: readonly Member[]): readonly Member[] {
  return members.slice(1);
}

function filling(before: Before) {
  const makers: ChangeMaker[] = [];
  const fill = async (journal: Journal, members: readonly Member[]) => {
    const taking = takingPart(members);
    makers.push(...taking.map(({ identity }) => new ChangeMaker(identity.device)));
    const [member, maker] = [taking[0], makers[0]];
    if (member !== undefined && maker !== undefined) await keep(journal, member, before(maker, member.session.person));
  };
  return { makers, fill };
}

/** In turn on each of the servers. */
async function signedIn(
  members: readonly Member[],
  calls: readonly HttpCalls[],
): Promise<Pick<Side, 'devices' | 'people'>> {
  const devices = takingPart(members).map(async ({ identity }, place) => {
    const server = calls[place % calls.length] as HttpCalls;
    return new HoldfastDevice(server, await signIn(server, identity));
  });
  return { devices: await Promise.all(devices), people: takingPart(members).map(({ session }) => session.person) };
}

function ending(
  server: { readonly stop: () => Promise<void> },
  calls: HttpCalls,
  dataDir: string,
): () => Promise<void> {
  return async () => {
    calls.close();
    await server.stop();
    removeFixture(dataDir);
  };
}

function idOf(place: number) {
  return place.toString(16).padStart(16, '0') as ConstructorParameters<typeof ChangeMaker>[0];
}
