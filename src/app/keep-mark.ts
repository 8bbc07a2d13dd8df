import type { Membership } from '../domain/ports/device.ts';
import type { Live } from '../domain/ports/live.ts';
import type { StorageMark } from '../storage/storage-mark.ts';

/** Keeps the mark in step with what the device holds: there from joining, starting alone or a backup file on, gone once erased or wiped. */
export function keepMark(membership: Live<Membership>, mark: StorageMark, signal: AbortSignal): void {
  const leave = membership.subscribe(
    ({ state }) => void (state === 'alone' || state === 'member' ? mark.set() : mark.clear()),
    () => undefined,
  );
  signal.addEventListener('abort', leave, { once: true });
}
