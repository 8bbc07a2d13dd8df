import type { Clock, Randomness, SyncStore } from '../domain/ports/sync-store.ts';
import { deviceName } from '../parts/device-name.ts';
import type { Storage } from '../storage/open-storage.ts';
import { storageMark } from '../storage/storage-mark.ts';
import { requestBackgroundSync } from '../sync/background-sync.ts';
import { createSync, type RunningSync } from '../sync/create-sync.ts';
import { endSealOnceEmptied } from './end-seal-once-emptied.ts';
import { followNotices } from './follow-notices.ts';
import { keepMark } from './keep-mark.ts';
import { browserPageSignals } from '../sync/browser-page-signals.ts';

/** Starts the engine over a storage; it runs until `signal` aborts. */
export function startEngine(
  store: SyncStore,
  { device, incidentPlans, seal }: Storage,
  { clock, random }: { readonly clock: Clock; readonly random: Randomness },
  signal: AbortSignal,
): RunningSync {
  const sync = createSync({
    store,
    membership: device.membership,
    plans: incidentPlans,
    clock,
    random,
    origin: window.location.origin,
    deviceName,
    page: browserPageSignals(window, document),
    // a service worker has no key, and is refused
    onLeftBehind: () => void (seal === 'none' && requestBackgroundSync()),
  });
  followNotices(signal);
  keepMark(device.membership, storageMark, signal);
  if (seal === 'on') endSealOnceEmptied(device.membership, signal);
  void sync.start(signal);
  return sync;
}
