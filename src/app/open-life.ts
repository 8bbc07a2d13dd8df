import type { Result } from '../domain/result.ts';
import type { SelfTest } from '../domain/ports/self-test.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { ok } from '../domain/result.ts';
import type { Ports } from '../parts/ports.tsx';
import { databaseName, lookAroundName } from '../storage/open-database.ts';
import { openStorage, type Storage } from '../storage/open-storage.ts';
import type { Sealing } from '../storage/sealing.ts';
import { storageMark } from '../storage/storage-mark.ts';
import { readPersistence, requestPersistence } from '../storage/persistence.ts';
import { systemClock, systemRandomness } from '../sync/system-clock.ts';
import { builtInPlan } from './built-in-plan.ts';
import { afterFirstScreen } from './first-screen.ts';
import { lateSync } from './late-sync.ts';
import { loadWithPatience } from './load-with-patience.ts';
import { stillSync, unreachableServer } from './still-sync.ts';
import { watchInstallation } from './watch-installation.ts';

export type Life = { readonly ports: Ports; readonly close: () => void };

const [clock, random] = [systemClock, systemRandomness];
const shared = {
  clock,
  random,
  builtInPlan,
  persistence: { read: () => readPersistence(), request: () => requestPersistence() },
  installation: watchInstallation(window),
  encryption: async () => (await import('./create-encryption.ts')).createEncryption(() => window.location.reload()),
  app: {
    version: String(import.meta.env['VITE_APP_VERSION'] ?? 'in development'),
    build: String(import.meta.env['VITE_APP_BUILD'] ?? 'none'),
  },
};

/** Opens this device's own database and starts the engine over it. */
export async function openOwnLife(sealing?: Sealing): Promise<Result<Life, StorageFault>> {
  const opened = await openStorage({ name: databaseName, clock, random, mark: storageMark, sealing });
  if (!opened.ok) return opened;
  const { records, device, lost, handOver, syncStore } = opened.value;
  const running = new AbortController();
  const engine = loadWithPatience(async () => {
    await afterFirstScreen();
    return Promise.all([import('./start-engine.ts'), syncStore()]);
  }, running.signal);
  const loaded = engine.loaded.then(([{ startEngine }, store]) =>
    startEngine(store, opened.value, shared, running.signal),
  );
  const life = { ...shared, ...lateSync({ ...engine, loaded }), records, device, lost, handOver, life: 'own' } as const;
  const ports: Ports = { ...life, selfTest: () => selfTestOf(life, opened.value) };
  void loaded
    .then(async () => (await import('./keep-report.ts')).keepReport(ports, running.signal))
    .catch(() => undefined);
  return ok(lifeOf(ports, opened.value, () => running.abort()));
}

/** Opens the database of "Look around". No engine is ever given to it, so nothing of it can be sent. */
export async function openLookAround(): Promise<Result<Life, StorageFault>> {
  const opened = await openStorage({ name: lookAroundName, clock, random });
  if (!opened.ok) return opened;
  const { records, device, lost, handOver } = opened.value;
  const still = { sync: stillSync, server: unreachableServer, life: 'look-around' } as const;
  const life = { ...shared, ...still, records, device, lost, handOver };
  return ok(lifeOf({ ...life, selfTest: () => selfTestOf(life, opened.value) }, opened.value, () => undefined));
}

async function selfTestOf(life: Omit<Ports, 'selfTest'>, { prove }: Storage): Promise<SelfTest> {
  const { createSelfTest } = await import('./self-test/create-self-test.ts');
  return createSelfTest({ ...life, prove, caches: globalThis.caches });
}

function lifeOf(ports: Ports, storage: Storage, stop: () => void): Life {
  return {
    ports,
    close: () => {
      stop();
      storage.close();
    },
  };
}
