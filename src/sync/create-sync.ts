import type { Membership } from '../domain/ports/device.ts';
import type { IncidentPlans } from '../domain/ports/incident-plans.ts';
import type { Live } from '../domain/ports/live.ts';
import type { ServerApi } from '../domain/ports/server-api.ts';
import type { Sync } from '../domain/ports/sync-status.ts';
import type { Message } from './channel.ts';
import { createPlanFetcher } from './fetch-plans.ts';
import { followLive } from './follow-live.ts';
import { join } from './join.ts';
import { readLiveStream } from './live-stream.ts';
import type { PageSignals } from './page-signals.ts';
import { createServerApi } from './server-api.ts';
import { ownFetch } from './transport.ts';
import { watchApproval } from './watch-approval.ts';
import { tellState, wireEngine, type WireParts, type Wired } from './wire-engine.ts';

export type SyncParts = WireParts & {
  readonly membership: Live<Membership>;
  /** Null where there is no page to watch: then it counts as seen all the time. */
  readonly page: PageSignals | null;
  readonly plans: () => Promise<IncidentPlans>;
};

export type RunningSync = Sync & {
  readonly server: ServerApi;
  /** Runs every background job until `signal` aborts; resolves when all have ended. */
  start(signal: AbortSignal): Promise<void>;
};

/** Puts the engine together for a page. Nothing runs before `start`. */
export function createSync(parts: SyncParts): RunningSync {
  const approval = watchApproval(parts.fetch ?? ownFetch);
  const wired = wireEngine(
    { ...parts, fetch: approval.fetch },
    { page: parts.page, readLiveStream, onSettled: () => void fetchPlans() },
  );
  const { state, tabs, session, transport, channel, timer } = wired;
  let life = new AbortController().signal;
  const alive = () => life;
  const { plans, random } = parts;
  const fetchPlans = createPlanFetcher({
    ...{ transport, session, signal: alive, plans, random, timer },
    onUnwelcome: () => undefined,
    nudge: () => tabs.nudge('live'),
  });
  return {
    status: {
      get: () => approval.told(state.get()),
      subscribe(onChange) {
        const stops = [state.subscribe(onChange), approval.subscribe(onChange)];
        return () => stops.forEach((stop) => stop());
      },
    },
    nudge: (why) => nudge(wired, why),
    async join(code, personName, deviceName) {
      const typed = { code, personName, deviceName };
      const joined = await join({ store: parts.store, transport, origin: parts.origin }, typed, life);
      if (!joined.ok) return joined;
      session.forget();
      tabs.comeBack();
      channel?.post({ tag: 'joined' });
      tabs.nudge('opened');
      return joined;
    },
    server: createServerApi({ transport, session, signal: alive, onUnwelcome: () => tabs.nudge('asked') }),
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
  };
}

function nudge({ state, tabs }: Wired, why: Parameters<Sync['nudge']>[0]): void {
  if (why === 'wrote') state.wrote();
  tabs.nudge(why);
}

function receive(wired: Wired, message: Message): void {
  const { state, tabs, session } = wired;
  tabs.receive(message);
  if (message.tag === 'state' && !tabs.leading()) state.setEngine(message.view);
  if (message.tag === 'hello') tellState(wired);
  if (message.tag === 'joined' || message.tag === 'wiped') session.forget();
  if (message.tag === 'joined') tabs.comeBack();
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
