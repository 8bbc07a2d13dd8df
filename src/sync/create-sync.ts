import type { Membership } from '../domain/ports/device.ts';
import type { Live } from '../domain/ports/live.ts';
import type { ServerApi } from '../domain/ports/server-api.ts';
import type { Sync } from '../domain/ports/sync-status.ts';
import type { Clock, Randomness, SyncStore } from '../domain/ports/sync-store.ts';
import { base64url } from '../domain/sync/base64url.ts';
import { minute } from '../domain/time.ts';
import { childOf } from './abort.ts';
import { createBatchSize } from './batch-size.ts';
import { openChannel, type Channel, type Message } from './channel.ts';
import { createEngine, type Engine } from './engine.ts';
import { eraseApp } from './erase-app.ts';
import { followLive } from './follow-live.ts';
import { join } from './join.ts';
import { createLeader } from './leader.ts';
import type { PageSignals } from './page-signals.ts';
import { renewIdentity } from './renew-identity.ts';
import { createServerApi } from './server-api.ts';
import { createSession } from './session.ts';
import { createSyncState, type SyncState } from './sync-state.ts';
import { createTabs, type Tabs } from './tabs.ts';
import { systemTimer, type Timer } from './timer.ts';
import { createTransport } from './transport.ts';
import { wipe } from './wipe.ts';

export type SyncParts = {
  readonly store: SyncStore;
  readonly membership: Live<Membership>;
  readonly clock: Clock;
  readonly random: Randomness;
  /** The page's own origin; the app is served by the server that it syncs with. */
  readonly origin: string;
  /** How this device is called if it must enrol by itself (protocol.md, Clones). */
  readonly deviceName: () => string;
  /** Null in a service worker. */
  readonly page: PageSignals | null;
  readonly fetch?: typeof fetch;
  readonly timer?: Timer;
  /** Null where the browser has no Web Locks; the browser's own unless given. */
  readonly locks?: LockManager | null;
  readonly channel?: Channel | null;
  /** Deletes caches and service worker when the device is wiped. */
  readonly eraseApp?: () => Promise<void>;
  /** Asks for another chance to send after this page is gone. */
  readonly onLeftBehind?: () => void;
};

export type RunningSync = Sync & {
  readonly server: ServerApi;
  /** Runs every background job until `signal` aborts; resolves when all have ended. */
  start(signal: AbortSignal): Promise<void>;
  /** Empties the outbox once, by itself or through the tab that leads. True if nothing is left to send. */
  syncOnce(signal: AbortSignal): Promise<boolean>;
};

/** Puts the engine together for a page or a service worker. Nothing runs before `start` or `syncOnce`. */
export function createSync(parts: SyncParts): RunningSync {
  const wired = wire(parts);
  const { state, tabs, session, transport, channel } = wired;
  let life = new AbortController().signal;
  return {
    status: { get: state.get, subscribe: state.subscribe },
    nudge: (why) => nudge(wired, why),
    async join(code, personName, deviceName) {
      const joined = await join(
        { store: parts.store, transport, origin: parts.origin },
        { code, personName, deviceName },
        life,
      );
      if (!joined.ok) return joined;
      session.forget();
      channel?.post({ tag: 'joined' });
      tabs.nudge('opened');
      return joined;
    },
    server: createServerApi({ transport, session, signal: () => life, onUnwelcome: () => tabs.nudge('asked') }),
    async start(signal) {
      life = signal;
      followStore(parts, wired, signal);
      channel?.listen((message) => receive(wired, message), signal);
      parts.page?.onReason((why) => tabs.nudge(why), signal);
      parts.page?.onVisibility((visible) => {
        if (!visible && state.get().unsent > 0) parts.onLeftBehind?.();
      }, signal);
      const leave = state.subscribe(() => tellState(wired));
      channel?.post({ tag: 'hello' });
      await tabs.campaign(signal);
      leave();
    },
    syncOnce: (signal) => syncOnce(parts, wired, signal),
  };
}

type Wired = {
  readonly state: SyncState;
  readonly engine: Engine;
  readonly tabs: Tabs;
  readonly session: ReturnType<typeof createSession>;
  readonly transport: ReturnType<typeof createTransport>;
  readonly channel: Channel | null;
  readonly leader: ReturnType<typeof createLeader>;
  readonly timer: Timer;
};

function wire(parts: SyncParts): Wired {
  const { store, clock, origin, random } = parts;
  const timer = parts.timer ?? systemTimer;
  // called bare, the browser's fetch refuses any other `this`
  const call: typeof fetch = parts.fetch ?? ((input, init) => fetch(input, init));
  const channel = parts.channel === undefined ? openChannel() : parts.channel;
  const leader = createLeader(parts.locks === undefined ? (navigator.locks ?? null) : parts.locks);
  const state = createSyncState();
  const transport = createTransport({ fetch: call, origin, clock, timer });
  const session = createSession({ transport, store, clock, origin });
  const wipeAll = async () => {
    const end = await wipe(store, parts.eraseApp ?? eraseApp);
    if (end.tag !== 'wiped') return end;
    session.forget();
    channel?.post({ tag: 'wiped' });
    tabs.retire();
    return end;
  };
  const engine = createEngine({
    store,
    transport,
    session,
    fetch: call,
    origin,
    clock,
    random,
    timer,
    batch: createBatchSize(),
    state,
    renewIdentity: (token, signal) =>
      renewIdentity({ store, session, transport, origin, deviceName: parts.deviceName }, token, signal),
    wipe: wipeAll,
    onLeftBehind: () => parts.onLeftBehind?.(),
  });
  const name = base64url(random.bytes(12));
  const onLeading = () => tellState({ state, tabs, channel });
  const tabs: Tabs = createTabs({ engine, leader, channel, page: parts.page, timer, name, onLeading });
  return { state, engine, tabs, session, transport, channel, leader, timer };
}

function nudge({ state, tabs }: Wired, why: Parameters<Sync['nudge']>[0]): void {
  if (why === 'wrote') state.wrote();
  tabs.nudge(why);
}

function tellState({ state, tabs, channel }: Pick<Wired, 'state' | 'tabs' | 'channel'>): void {
  if (tabs.leading()) channel?.post({ tag: 'state', view: state.engine() });
}

function receive(wired: Wired, message: Message): void {
  const { state, tabs, session } = wired;
  tabs.receive(message);
  if (message.tag === 'state' && !tabs.leading()) state.setEngine(message.view);
  if (message.tag === 'hello') tellState(wired);
  if (message.tag === 'joined' || message.tag === 'wiped') session.forget();
  if (message.tag === 'joined' && tabs.leading()) tabs.nudge('opened');
  if (message.tag === 'wiped') tabs.retire();
}

/** Counts and membership are read by every tab itself: they are the same database. */
function followStore(parts: SyncParts, { state, timer }: Wired, signal: AbortSignal): void {
  followLive(parts.store.unsent, signal, timer, { value: state.setCounts, fault: state.countsFailed });
  followLive(parts.membership, signal, timer, {
    value(membership) {
      const isMember = membership.state === 'member';
      const { connection } = state.get();
      if (isMember && connection === 'alone') state.setEngine({ connection: 'offline' });
      if (!isMember && connection !== 'alone') state.setEngine({ connection: 'alone' });
    },
    fault: state.countsFailed,
  });
}

async function syncOnce(parts: SyncParts, wired: Wired, signal: AbortSignal): Promise<boolean> {
  const { leader, engine, tabs, state } = wired;
  let done = false;
  const work = async (own: AbortSignal) => {
    const { tag } = await engine.once(own);
    done = (tag === 'settled' && state.get().unsent === 0) || tag === 'alone' || tag === 'wiped';
  };
  const listening = childOf(signal);
  wired.channel?.listen((message) => tabs.receive(message), listening.controller.signal);
  if (!(await leader.leadIfFree(work, signal))) {
    if (await tabs.ask('online', signal)) done = await emptied(parts, wired.timer, signal);
    else await leader.takeOver(work, signal);
  }
  listening.controller.abort();
  listening.release();
  return done;
}

/** Waits until the tab that leads has emptied the outbox; false if it has not within a minute. */
async function emptied({ store }: SyncParts, timer: Timer, signal: AbortSignal): Promise<boolean> {
  const { controller, release } = childOf(signal);
  let empty = false;
  const settled = (done: boolean) => {
    empty = done;
    if (done) controller.abort();
  };
  followLive(store.unsent, controller.signal, timer, {
    value: ({ unsent }) => settled(unsent === 0),
    fault: () => settled(false),
  });
  await timer.wait(minute, controller.signal);
  controller.abort();
  release();
  return empty;
}
