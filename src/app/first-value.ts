import type { Live } from '../domain/ports/live.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { err, ok, type Result } from '../domain/result.ts';

/** Reads a live value once. */
export function firstValue<T>(live: Live<T>): Promise<Result<T, StorageFault>> {
  return new Promise((resolve) => {
    const leave = live.subscribe(
      (value) => {
        resolve(ok(value));
        // A live may give its first value before `subscribe` has returned.
        queueMicrotask(() => leave());
      },
      (fault) => resolve(err(fault)),
    );
  });
}
