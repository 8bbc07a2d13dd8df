import type { ServerApi } from '../domain/ports/server-api.ts';
import { nothingKnown, type Sync, type SyncStatus } from '../domain/ports/sync-status.ts';
import type { RunningSync } from '../sync/create-sync.ts';

/** Before the engine speaks: says "saved" and claims nothing of a server. */
const unknown: SyncStatus = { ...nothingKnown, connection: 'online' };

/**
 * The engine as screens see it while its code still loads: the first screen waits for the plan on disk, not for what sends.
 * What is asked before is asked again once it runs.
 */
export function lateSync(loading: Promise<RunningSync>): { readonly sync: Sync; readonly server: ServerApi } {
  let running: RunningSync | null = null;
  const early = new Set<Parameters<Sync['nudge']>[0]>();
  const listeners = new Map<() => void, (() => void) | null>();
  void loading.then((loaded) => {
    running = loaded;
    for (const listener of listeners.keys()) {
      listeners.set(listener, loaded.status.subscribe(listener));
      listener();
    }
    for (const why of early) loaded.nudge(why);
  });
  return {
    sync: {
      status: {
        get: () => running?.status.get() ?? unknown,
        subscribe(onChange) {
          listeners.set(onChange, running?.status.subscribe(onChange) ?? null);
          return () => {
            listeners.get(onChange)?.();
            listeners.delete(onChange);
          };
        },
      },
      nudge(why) {
        if (running === null) early.add(why);
        else running.nudge(why);
      },
      join: async (...asked) => (await loading).join(...asked),
    },
    server: {
      invite: async (request) => (await loading).server.invite(request),
      devices: async () => (await loading).server.devices(),
      revoke: async (device, mode) => (await loading).server.revoke(device, mode),
      history: async (kind, key) => (await loading).server.history(kind, key),
    },
  };
}
