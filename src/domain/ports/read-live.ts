import type { Live } from './live.ts';
import type { StorageFault } from './storage-fault.ts';
import { err, ok, type Result } from '../result.ts';

/** The present value of something that is read by subscribing. */
export function readLive<T>(live: Live<T>): Promise<Result<T, StorageFault>> {
  return new Promise((resolve) => {
    let leave: (() => void) | null = null;
    let done = false;
    const end = (result: Result<T, StorageFault>) => {
      done = true;
      leave?.();
      resolve(result);
    };
    leave = live.subscribe(
      (value) => end(ok(value)),
      (fault) => end(err(fault)),
    );
    if (done) leave();
  });
}
