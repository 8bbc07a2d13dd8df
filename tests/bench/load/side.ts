import type { Change } from '../../../src/domain/sync/protocol.ts';
import { FloorDevice, HoldfastDevice, type LoadDevice } from './devices.ts';
import { keep, makeFixture, newDataDir, removeFixture, type Member } from './fixture.ts';
import type { FloorRequest } from './floor-wire.ts';
import { bodyOf, HttpCalls } from './http-calls.ts';
import { signIn } from './identity.ts';
import { ChangeMaker } from './making-changes.ts';
import { freePort, startFloor, startHoldfast, type RunningProcess } from './processes.ts';

/** One of the two servers that are compared, running, with its devices signed in. */
export type Side = {
  readonly devices: readonly LoadDevice[];
  /** Who makes the changes of the device at the same place. */
  readonly makers: readonly ChangeMaker[];
  readonly people: readonly string[];
  readonly server: RunningProcess;
  readonly end: () => Promise<void>;
};

export type SideName = 'floor' | 'holdfast';

/** Makes the batches that the server holds before the measurement, of the device at place 0. */
export type Before = (maker: ChangeMaker, person: string) => readonly Change[];

/** Starts a server on a database of its own that holds `before`. */
export async function openSide(name: SideName, devices: number, before: Before = () => []): Promise<Side> {
  return name === 'floor' ? await openFloor(devices, before) : await openHoldfast(devices, before);
}

async function openFloor(many: number, before: Before): Promise<Side> {
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
    server,
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

async function openHoldfast(many: number, before: Before): Promise<Side> {
  const makers: ChangeMaker[] = [];
  // the first member is the coordinator, who sees more than the others: only the others take part
  const { dataDir, members } = await makeFixture(many + 1, async (journal, all) => {
    const taking = all.slice(1);
    makers.push(...taking.map(({ identity }) => new ChangeMaker(identity.device)));
    const [member, maker] = [taking[0], makers[0]];
    if (member !== undefined && maker !== undefined) await keep(journal, member, before(maker, member.session.person));
  });
  const server = await startHoldfast(dataDir, await freePort());
  const calls = new HttpCalls(server.origin);
  const taking: readonly Member[] = members.slice(1);
  const devices = await Promise.all(
    taking.map(async ({ identity }) => new HoldfastDevice(calls, await signIn(calls, identity))),
  );
  return {
    devices,
    makers,
    people: taking.map(({ session }) => session.person),
    server,
    end: ending(server, calls, dataDir),
  };
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
