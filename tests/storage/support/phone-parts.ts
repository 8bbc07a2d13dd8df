import type { Live } from '../../../src/domain/ports/live.ts';
import type { StorageFault } from '../../../src/domain/ports/storage-fault.ts';
import type { Clock, Randomness } from '../../../src/domain/ports/sync-store.ts';
import type { EnrolReply } from '../../../src/domain/sync/protocol.ts';
import type { PersonId } from '../../../src/domain/ids.ts';
import type { Result } from '../../../src/domain/result.ts';

export const server = 'https://plan.example';
export const noon = Date.parse('2026-11-23T12:00:00.000Z');

/** A clock that only the test moves. */
export class TestClock implements Clock {
  wall = noon;
  awake = 0;
  now(): number {
    return this.wall;
  }
  monotonic(): number {
    return this.awake;
  }
  advance(ms: number): void {
    this.wall += ms;
    this.awake += ms;
  }
}

/** Repeatable: the same seed gives the same ids. */
export function seededRandom(seed: number): Randomness {
  let state = seed >>> 0;
  return {
    bytes(length) {
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length; at += 1) {
        state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
        bytes[at] = (state >>> 11) & 0xff;
      }
      return bytes;
    },
  };
}

export function enrolled(device: EnrolReply['device'], person: string, workspace = 'w1'): EnrolReply {
  return {
    device,
    person: person as PersonId,
    workspace: { id: workspace, name: 'Marketplace' },
    access: 'coordinator',
    roles: [],
  };
}

export function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** The first value of a live read that `accepts` takes; fails after two seconds. */
export function awaitLive<T>(live: Live<T>, accepts: (value: T) => boolean = () => true): Promise<T> {
  return new Promise((resolve, reject) => {
    const seen: T[] = [];
    const timer = setTimeout(
      () => finish(() => reject(new Error(`not seen; last: ${JSON.stringify(seen.at(-1))}`))),
      2_000,
    );
    let stop: (() => void) | null = null;
    const finish = (how: () => void): void => {
      clearTimeout(timer);
      queueMicrotask(() => stop?.());
      how();
    };
    stop = live.subscribe(
      (value) => {
        seen.push(value);
        if (accepts(value)) finish(() => resolve(value));
      },
      (fault: StorageFault) => finish(() => reject(new Error(fault.tag))),
    );
  });
}

/** Collects every value until stopped. */
export function follow<T>(live: Live<T>): { readonly values: T[]; readonly faults: StorageFault[]; stop(): void } {
  const values: T[] = [];
  const faults: StorageFault[] = [];
  const stop = live.subscribe(
    (value) => values.push(value),
    (fault) => faults.push(fault),
  );
  return { values, faults, stop };
}
