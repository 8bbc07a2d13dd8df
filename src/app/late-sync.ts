import type { ServerApi } from '../domain/ports/server-api.ts';
import { nothingKnown, type Sync, type SyncStatus } from '../domain/ports/sync-status.ts';
import { err } from '../domain/result.ts';
import type { RunningSync } from '../sync/create-sync.ts';
import type { PatientLoad } from './load-with-patience.ts';

/** Before the engine speaks: says "saved" and claims nothing of a server. */
const unknown: SyncStatus = { ...nothingKnown, connection: 'starting' };

/**
 * The engine as screens see it while its code still loads: the first screen waits for the plan on disk, not for what sends.
 * What is asked before is asked again once it runs; what needs an answer waits as long as it can be there in a moment, and is
 * told of none once it could not be loaded.
 */
export function lateSync({ loaded, failed }: PatientLoad<RunningSync>): {
  readonly sync: Sync;
  readonly server: ServerApi;
} {
  let running: RunningSync | null = null;
  const early = new Set<Parameters<Sync['nudge']>[0]>();
  const listeners = new Map<() => void, (() => void) | null>();
  void loaded.then((engine) => {
    running = engine;
    for (const listener of listeners.keys()) {
      listeners.set(listener, engine.status.subscribe(listener));
      listener();
    }
    for (const why of early) engine.nudge(why);
  });
  const ask = async <T>(question: (engine: RunningSync) => Promise<T>) => {
    const engine = await Promise.race([loaded, failed]);
    return engine === null ? err({ tag: 'no-answer' } as const) : question(engine);
  };
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
      join: (...asked) => ask((engine) => engine.join(...asked)),
    },
    server: new Proxy({} as ServerApi, {
      // each call by its name, so that one more costs the first load nothing
      get:
        (_, call: keyof ServerApi) =>
        (...asked: never[]) =>
          ask(({ server }) => (server[call] as (...given: never[]) => Promise<unknown>)(...asked)),
    }),
  };
}
