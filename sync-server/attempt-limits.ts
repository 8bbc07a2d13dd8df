import type { DeviceId } from '../src/domain/ids.ts';
import { minute, type Millis } from '../src/domain/time.ts';
import type { CodeHash } from './journal/journal.ts';

/*
 * Limits are per device and per code, never per address: a command post is one NAT, and an attacker has many addresses.
 */

/**
 * `radio`: of twelve characters, as a code for the radio. They are counted apart from longer ones, so that whoever makes up short codes
 * keeps nobody waiting who has a link. Not by whether they find anything: who must wait and who need not would tell that.
 */
export type CodeForm = 'long' | 'radio';

/** Failed join codes, per code and in all. Asynchronous, so that a database may keep the counts across restarts and nodes. */
export interface FailedCodes {
  /** Seconds until this code is looked at again; 0 = now. */
  wait(code: CodeHash, now: Millis): Promise<number>;
  /** Seconds until any code of this form is looked at again; 0 = now. */
  waitForAny(form: CodeForm, now: Millis): Promise<number>;
  failed(code: CodeHash, form: CodeForm, now: Millis): Promise<void>;
  /**
   * Counts a try of a code for the radio before anything is looked up, so that tries at the same moment count too. False from the
   * sixth on with the same four characters to find: whatever they belonged to is dead, since no such code outlives the count.
   */
  tryRadio(find: string, now: Millis): Promise<boolean>;
  /** Takes back a try that was allowed and could not be looked at: many wrong codes of others must not use up the tries of a right one. */
  giveBackTry(find: string, now: Millis): Promise<void>;
  /** Whether nobody tried these four characters lately: only such ones are given out. */
  isUntried(find: string, now: Millis): Promise<boolean>;
}

export type Rate = {
  /** How many at once. */
  readonly burst: number;
  /** How many come back in a second. */
  readonly perSecond: number;
};

/** A page and a service worker sign in separately, and every reload does again. */
const sessionsPerDevice: Rate = { burst: 60, perSecond: 0.2 };
/** A phone with 100,000 queued changes sends 200 full batches. */
const pushesPerDevice: Rate = { burst: 600, perSecond: 10 };
/** Pulls too, which cost as much to read: a first pull of 100,000 records is 200 pages. */
const callsPerDevice: Rate = { burst: 1200, perSecond: 20 };
/** Of bodies, inflated: reading JSON takes the server up to a second for 8 MiB. 100,000 queued changes are about 50 MB. */
const bytesPerDevice: Rate = { burst: 64 * 1024 * 1024, perSecond: 1024 * 1024 };
/** A code for the radio lives this long, and its tries are counted as long from the last one that was looked at. */
export const radioCodeLifetime: Millis = 10 * minute;
export const radioTries = 5;

export const missesPerCode: Rate = { burst: 5, perSecond: 1 / 120 };
/**
 * At 80 bits a code this is far from any hope of guessing; it is generous because whoever floods the server with wrong codes
 * makes everybody who joins wait.
 */
export const missesInAll: Rate = { burst: 200, perSecond: 5 };

/** Token buckets by key. A full bucket is not kept, so memory follows what is active. */
class Buckets {
  readonly #rate: Rate;
  readonly #levels = new Map<string, { left: number; at: Millis }>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** Seconds until one more is allowed; 0 = now. Takes nothing. */
  wait(key: string, now: Millis): number {
    const left = this.#left(key, now);
    return left >= 1 ? 0 : Math.ceil((1 - left) / this.#rate.perSecond);
  }

  /** Goes at most one `amount` into debt. */
  take(key: string, now: Millis, amount = 1): void {
    const left = Math.max(1, this.#left(key, now)) - amount;
    this.#levels.set(key, { left, at: now });
    if (this.#levels.size % 1000 === 0) this.#sweep(now);
  }

  #left(key: string, now: Millis): number {
    const level = this.#levels.get(key);
    if (level === undefined) return this.#rate.burst;
    // a clock set back must not lock anybody out for as long
    const passed = Math.max(0, now - level.at) / 1000;
    return Math.min(this.#rate.burst, level.left + passed * this.#rate.perSecond);
  }

  #sweep(now: Millis): void {
    for (const key of this.#levels.keys()) if (this.#left(key, now) >= this.#rate.burst) this.#levels.delete(key);
  }
}

/** Sessions and syncs of one device. */
export class DeviceLimits {
  readonly #sessions = new Buckets(sessionsPerDevice);
  readonly #calls = new Buckets(callsPerDevice);
  readonly #bytes = new Buckets(bytesPerDevice);
  readonly #pushes = new Buckets(pushesPerDevice);

  /** Counts a sign-in whose signature was right: nobody else can use up a device's sessions. Seconds to wait; 0 = allowed. */
  session(device: DeviceId, now: Millis): number {
    return spend(this.#sessions, device, now);
  }

  /** Counts a sync before its body is read. Seconds to wait; 0 = allowed. */
  call(device: DeviceId, now: Millis): number {
    return spend(this.#calls, device, now);
  }

  /** Seconds until another body of it is read; 0 = now. */
  waitForBody(device: DeviceId, now: Millis): number {
    return this.#bytes.wait(device, now);
  }

  /** Counts a body that was read; what is too much makes the next one wait. */
  body(device: DeviceId, now: Millis, bytes: number): void {
    this.#bytes.take(device, now, bytes);
  }

  /** Counts a push. Seconds to wait; 0 = allowed. */
  push(device: DeviceId, now: Millis): number {
    return spend(this.#pushes, device, now);
  }
}

function spend(buckets: Buckets, key: string, now: Millis): number {
  const wait = buckets.wait(key, now);
  if (wait === 0) buckets.take(key, now);
  return wait;
}
