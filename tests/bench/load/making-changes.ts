import { randomBytes } from 'node:crypto';
import type { DeviceId } from '../../../src/domain/ids.ts';
import type { Json } from '../../../src/domain/json.ts';
import type { Change } from '../../../src/domain/sync/protocol.ts';
import { momentAt, stampAt } from '../../../src/domain/sync/stamp.ts';
import { uuid7, uuid7Bytes } from '../../../src/domain/sync/uuid7.ts';
import { instant, type Millis } from '../../../src/domain/time.ts';

/** The incident that the tasks of a measurement belong to. */
export const incident = '00112233445566aa';

/** Makes the changes of one device: its counter and clock go on from change to change. */
export class ChangeMaker {
  readonly #device: DeviceId;
  readonly #clock: () => Millis;
  #n = 0;
  #time = 0;
  #counter = 0;

  constructor(device: DeviceId, clock: () => Millis = Date.now) {
    this.#device = device;
    this.#clock = clock;
  }

  make(kind: string, key: string, value: Json, shown: Pick<Change, 'base' | 'seen'> | null = null): Change {
    const now = Math.max(this.#clock(), this.#time);
    this.#counter = now === this.#time ? this.#counter + 1 : 0;
    this.#time = now;
    this.#n += 1;
    return {
      id: uuid7(now, randomBytes(uuid7Bytes)),
      n: this.#n,
      kind,
      key,
      value,
      base: shown?.base ?? null,
      seen: shown?.seen ?? null,
      stamp: stampAt(momentAt(now, this.#counter), this.#device),
      wall: instant(now),
      line: 1,
      v: 1,
    };
  }
}

/** A task's progress as the app writes it. */
export function taskProgress(by: string, place: number, now: Millis = Date.now()): Json {
  const at = instant(now);
  return place % 2 === 0
    ? { status: 'in-progress', reason: null, startedAt: at, endedAt: null, by }
    : { status: 'done', reason: null, startedAt: at, endedAt: at, by };
}

export function taskKey(place: number): string {
  return `${incident}/T-${String(place).padStart(5, '0')}`;
}
