import type { Clock, Randomness, SyncStore } from '../domain/ports/sync-store.ts';
import { base64url } from '../domain/sync/base64url.ts';
import { createBatchSize } from './batch-size.ts';
import { openChannel, type Channel } from './channel.ts';
import { createEngine, type Engine } from './engine.ts';
import { eraseApp } from './erase-app.ts';
import { createLeader, type Leader } from './leader.ts';
import type { LiveHead, LiveParts } from './live-stream.ts';
import type { PageSignals } from './page-signals.ts';
import { renewIdentity } from './renew-identity.ts';
import { createSession, type Session } from './session.ts';
import { createSyncState, type SyncState } from './sync-state.ts';
import { createTabs, type Tabs } from './tabs.ts';
import { systemTimer, type Timer } from './timer.ts';
import { createTransport, ownFetch, type Transport } from './transport.ts';
import { wipe } from './wipe.ts';

export type WireParts = {
  readonly store: SyncStore;
  readonly clock: Clock;
  readonly random: Randomness;
  /** The page's own origin; the app is served by the server that it syncs with. */
  readonly origin: string;
  /** How this device is called if it must enrol by itself (protocol.md, Clones). */
  readonly deviceName: () => string;
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

/** What only a page has. */
export type PageParts = {
  readonly page: PageSignals | null;
  readonly readLiveStream: (
    parts: LiveParts,
    signal: AbortSignal,
    onHead: (head: LiveHead) => void,
  ) => Promise<boolean>;
  readonly onSettled: () => void;
};

export type Wired = {
  readonly state: SyncState;
  readonly engine: Engine;
  readonly tabs: Tabs;
  readonly session: Session;
  readonly transport: Transport;
  readonly channel: Channel | null;
  readonly leader: Leader;
  readonly timer: Timer;
};

/** Puts the parts of the engine together; nothing runs yet. Without `page`, as a service worker has it. */
export function wireEngine(parts: WireParts, page: PageParts | null): Wired {
  const { store, clock, origin, random } = parts;
  const timer = parts.timer ?? systemTimer;
  const call = parts.fetch ?? ownFetch;
  const channel = parts.channel === undefined ? openChannel() : parts.channel;
  const leader = createLeader(parts.locks === undefined ? browserLocks() : parts.locks);
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
    clock,
    random,
    timer,
    batch: createBatchSize(),
    state,
    renewIdentity: (token, signal) =>
      renewIdentity({ store, session, transport, origin, deviceName: parts.deviceName }, token, signal),
    wipe: wipeAll,
    listen: async (signal, onHead) =>
      page !== null && (await page.readLiveStream({ fetch: call, origin, session, timer }, signal, onHead)),
    onLeftBehind: () => parts.onLeftBehind?.(),
    onSettled: () => page?.onSettled(),
  });
  const onLeading = () => tellState({ state, tabs, channel });
  const name = base64url(random.bytes(12));
  const tabs: Tabs = createTabs({ engine, leader, channel, page: page?.page ?? null, timer, name, onLeading });
  return { state, engine, tabs, session, transport, channel, leader, timer };
}

/** The other tabs show what the leading one knows. */
export function tellState({ state, tabs, channel }: Pick<Wired, 'state' | 'tabs' | 'channel'>): void {
  if (tabs.leading()) channel?.post({ tag: 'state', view: state.engine() });
}

function browserLocks(): LockManager | null {
  const { navigator } = globalThis as { readonly navigator?: { readonly locks?: LockManager } };
  return navigator?.locks ?? null;
}
