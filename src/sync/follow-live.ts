import type { Live } from '../domain/ports/live.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import type { Millis } from '../domain/time.ts';
import type { Timer } from './timer.ts';

const resubscribeMs: Millis = 5_000;

/** Follows a live value until `signal` aborts; subscribes again after a fault, since the storage may have come back. */
export function followLive<T>(
  live: Live<T>,
  signal: AbortSignal,
  timer: Timer,
  on: { readonly value: (value: T) => void; readonly fault: (fault: StorageFault) => void },
): void {
  if (signal.aborted) return;
  const leave = live.subscribe(on.value, (fault) => {
    on.fault(fault);
    signal.removeEventListener('abort', leave);
    leave();
    void timer.wait(resubscribeMs, signal).then(() => followLive(live, signal, timer, on));
  });
  signal.addEventListener('abort', leave, { once: true });
}
