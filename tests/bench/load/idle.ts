import { fork, type ChildProcess } from 'node:child_process';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { HoldfastDevice } from './devices.ts';
import { makeFixture, removeFixture, type Member } from './fixture.ts';
import { HttpCalls } from './http-calls.ts';
import { signIn } from './identity.ts';
import { ChangeMaker, taskKey, taskProgress } from './making-changes.ts';
import { freePort, startHoldfast, type RunningProcess } from './processes.ts';

export type Idle = {
  readonly connections: number;
  /** From the press of a coordinator's commit until the connection heard of it, in ms, by connection. */
  readonly heardAfter: readonly number[];
  readonly peakMemory: number;
  /** Share of a core that holding them takes. */
  readonly onCore: number;
};

/** As many streams as a device may have: a page, a service worker, further tabs. */
const perDevice = 4;
const clients = 5;
const restMs = 26_000;

type Order = { readonly port: number; readonly address: string; readonly tokens: readonly string[] };
type Heard = { readonly opened: true } | { readonly heardAt: readonly number[] };

/** Opens live connections from several processes and source addresses, holds them through a comment, and commits once. */
export async function idle(connections: number): Promise<Idle> {
  const devices = connections / perDevice;
  const { dataDir, members } = await makeFixture(devices + 1);
  const port = await freePort();
  const server = await startHoldfast(dataDir, port);
  const calls = new HttpCalls(server.origin);
  const tokens: string[] = [];
  for (const { identity } of members.slice(1)) tokens.push(await signIn(calls, identity));
  const share = Math.ceil(tokens.length / clients);
  const children = await Promise.all(
    Array.from({ length: clients }, (_, place) =>
      opened({
        port,
        address: `127.0.0.${String(place + 2)}`,
        tokens: tokens.slice(place * share, (place + 1) * share),
      }),
    ),
  );
  const onCore = await resting(server);
  const told = Promise.all(children.map(heard));
  const committedAt = await commitOnce(calls, members[0] as Member);
  const heardAfter = (await told).flat().map((at) => at - committedAt);
  const peakMemory = server.peakMemory();
  for (const child of children) child.kill();
  calls.close();
  await server.stop();
  removeFixture(dataDir);
  return { connections: heardAfter.length, heardAfter, peakMemory, onCore };
}

/** Runs in a process of its own: opens its streams, then tells when each of them heard of a commit. */
export function holdConnections(): void {
  process.once('message', (order: Order) => {
    void hold(order);
  });
}

async function hold({ port, address, tokens }: Order): Promise<void> {
  const heardAt: number[] = [];
  const all = tokens.flatMap((token) => Array.from({ length: perDevice }, () => token));
  const each = async (token: string) => {
    await listen({ port, address, token }, () => {
      heardAt.push(Date.now());
      if (heardAt.length === all.length) process.send?.({ heardAt } satisfies Heard);
    });
  };
  // a few at a time: what is measured is holding them, not opening them at once
  for (let from = 0; from < all.length; from += 50) await Promise.all(all.slice(from, from + 50).map(each));
  process.send?.({ opened: true } satisfies Heard);
}

/** Resolves with the first event, which comes at once; calls back at the second. */
function listen(
  { port, address, token }: { readonly port: number; readonly address: string; readonly token: string },
  onCommit: () => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let events = 0;
    const headers = { authorization: `Bearer ${token}` };
    const options = { host: '127.0.0.1', port, path: '/api/live', localAddress: address, headers, agent: false };
    const sent = request(options, (reply) => {
      reply.on('data', (part: Buffer) => {
        if (!part.includes('event: head')) return;
        events += 1;
        if (events === 1) resolve();
        if (events === 2) onCommit();
      });
      reply.once('end', () => reject(new Error(`ended with ${String(reply.statusCode)}`)));
    });
    sent.once('error', reject);
    sent.end();
  });
}

async function opened(order: Order): Promise<ChildProcess> {
  const child = fork(fileURLToPath(import.meta.url), ['idle-client']);
  const ready = new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', () => reject(new Error('a client ended')));
  });
  child.send(order);
  await ready;
  return child;
}

async function heard(child: ChildProcess): Promise<readonly number[]> {
  const told = await new Promise<Heard>((resolve) => child.once('message', resolve as (message: unknown) => void));
  return 'heardAt' in told ? told.heardAt : [];
}

async function resting(server: RunningProcess): Promise<number> {
  const [began, onCore] = [performance.now(), server.onCore()];
  await new Promise((resolve) => setTimeout(resolve, restMs));
  return (server.onCore() - onCore) / (performance.now() - began);
}

async function commitOnce(calls: HttpCalls, coordinator: Member): Promise<number> {
  const device = new HoldfastDevice(calls, await signIn(calls, coordinator.identity));
  const maker = new ChangeMaker(coordinator.identity.device);
  const at = Date.now();
  await device.sync([maker.make('task', taskKey(1), taskProgress(coordinator.session.person, 0))]);
  return at;
}
