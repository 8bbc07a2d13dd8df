import { createContext, useContext } from 'react';
import type { PublishedPlan } from '../domain/plan/plan-item.ts';
import type { Device } from '../domain/ports/device.ts';
import type { Encryption } from '../domain/ports/encryption.ts';
import type { HandOver } from '../domain/ports/hand-over.ts';
import type { LostRecords } from '../domain/ports/lost-records.ts';
import type { SelfTest } from '../domain/ports/self-test.ts';
import type { Records } from '../domain/ports/records.ts';
import type { ServerApi } from '../domain/ports/server-api.ts';
import type { Clock, Randomness } from '../domain/ports/sync-store.ts';
import type { Sync } from '../domain/ports/sync-status.ts';

/** What a screen is given; the composition root makes it. */
export type Ports = {
  readonly records: Records;
  readonly device: Device;
  /** Loads what hands over from phone to phone. */
  readonly handOver: () => Promise<HandOver>;
  readonly lost: LostRecords;
  /** Loads the phone's test of itself. */
  readonly selfTest: () => Promise<SelfTest>;
  readonly sync: Sync;
  readonly server: ServerApi;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly persistence: PersistencePort;
  readonly installation: InstallationPort;
  /** Loads what encrypts; of this device's own database, in either life. */
  readonly encryption: () => Promise<Encryption>;
  readonly app: AppRelease;
  /** The plan that comes with the app; read only when somebody asks for it. */
  readonly builtInPlan: () => Promise<PublishedPlan>;
  /** `look-around` has a database of its own and no server, ever. */
  readonly life: 'own' | 'look-around';
};

/** Whether the browser promised to keep this app's storage. Null: it doesn't say, or can't be asked. */
export type PersistencePort = {
  readonly read: () => Promise<{
    readonly persisted: boolean | null;
    readonly usedBytes: number | null;
    readonly quotaBytes: number | null;
  }>;
  readonly request: () => Promise<boolean | null>;
};

export type InstallationState =
  /** This page runs as the installed app. */
  | 'installed'
  /** The browser lets a page ask; `ask` opens its question. */
  | 'offered'
  /** Only the browser's own menu can do it. */
  | 'by-hand'
  /** The address is neither https nor localhost: no browser installs from it. */
  | 'insecure'
  /** No service worker here: a private window, Lockdown Mode, or an old browser. */
  | 'unsupported';

export type InstallationPort = {
  readonly get: () => InstallationState;
  readonly subscribe: (onChange: () => void) => () => void;
  /** True if the person agreed. */
  readonly ask: () => Promise<boolean>;
};

/** Which build of the app this is. */
export type AppRelease = { readonly version: string; readonly build: string };

const PortsContext = createContext<Ports | null>(null);

export const PortsProvider = PortsContext.Provider;

export function usePorts(): Ports {
  const ports = useContext(PortsContext);
  if (ports === null) throw new Error('usePorts outside of PortsProvider');
  return ports;
}
