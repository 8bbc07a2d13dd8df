import type { SyncStore } from '../domain/ports/sync-store.ts';
import { minute } from '../domain/time.ts';
import { childOf } from './abort.ts';
import { followLive } from './follow-live.ts';
import type { Timer } from './timer.ts';
import { wireEngine, type WireParts } from './wire-engine.ts';

/**
 * Empties the outbox once, as a service worker does when the browser wakes it: with an engine of its own if no tab leads,
 * through the tab that leads if that is awake, and in its place if it is frozen. True if nothing is left to send.
 */
export async function syncOnce(parts: WireParts, signal: AbortSignal): Promise<boolean> {
  const { leader, engine, tabs, state, channel, timer } = wireEngine(parts, null);
  let done = false;
  const work = async (own: AbortSignal) => {
    const { tag } = await engine.once(own);
    done = (tag === 'settled' && state.get().unsent === 0) || tag === 'alone' || tag === 'wiped';
  };
  const listening = childOf(signal);
  channel?.listen((message) => tabs.receive(message), listening.controller.signal);
  if (!(await leader.leadIfFree(work, signal))) {
    if (await tabs.ask('online', signal)) done = await emptied(parts.store, timer, signal);
    else await leader.takeOver(work, signal);
  }
  listening.controller.abort();
  listening.release();
  return done;
}

/** Waits until the tab that leads has emptied the outbox; false if it has not within a minute. */
async function emptied(store: SyncStore, timer: Timer, signal: AbortSignal): Promise<boolean> {
  const { controller, release } = childOf(signal);
  let empty = false;
  const value = ({ unsent }: { readonly unsent: number }) => {
    empty = unsent === 0;
    if (empty) controller.abort();
  };
  followLive(store.unsent, controller.signal, timer, { value, fault: () => undefined });
  await timer.wait(minute, controller.signal);
  controller.abort();
  release();
  return empty;
}
