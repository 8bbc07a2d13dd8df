import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { DeviceId } from '../src/domain/ids.ts';
import { minute, type Millis } from '../src/domain/time.ts';

export const challengeLifetime: Millis = 2 * minute;

const randomLength = 16;
const timeLength = 6;
const macLength = 16;

/** Which nonces were used already. Asynchronous, so that all nodes may know. */
export interface UsedNonces {
  /** True for the first who asks. */
  use(nonce: string, expiresAt: Millis, now: Millis): Promise<boolean>;
}

/**
 * Nonces for signing in (protocol.md, `POST /api/session/challenge`): bound to the device, single use, 120 s by the server's
 * clock. A nonce carries its own end and a MAC, so asking for one keeps nothing and looks nothing up: unknown devices get one
 * that looks and takes as long as any other, and nobody can fill the memory by asking. Only used ones are remembered, until
 * they would have ended anyway.
 */
export class Challenges {
  readonly #secret: Uint8Array;
  readonly #used: UsedNonces;

  constructor(secret: Uint8Array = randomBytes(32), used: UsedNonces = new UsedNoncesInMemory()) {
    this.#secret = secret;
    this.#used = used;
  }

  issue(device: DeviceId, now: Millis): { readonly nonce: string; readonly expiresAt: Millis } {
    const expiresAt = now + challengeLifetime;
    const body = Buffer.alloc(randomLength + timeLength);
    randomBytes(randomLength).copy(body);
    body.writeUIntBE(expiresAt, randomLength, timeLength);
    return { nonce: Buffer.concat([body, this.#mac(body, device)]).toString('base64url'), expiresAt };
  }

  /** True once for each nonce that was issued to this device and has not ended. */
  async redeem(nonce: string, device: DeviceId, now: Millis): Promise<boolean> {
    const bytes = Buffer.from(nonce, 'base64url');
    // the decoder is lenient: another spelling of the same bytes would be another entry among the used ones
    if (bytes.length !== randomLength + timeLength + macLength || bytes.toString('base64url') !== nonce) return false;
    const body = bytes.subarray(0, randomLength + timeLength);
    if (!timingSafeEqual(bytes.subarray(body.length), this.#mac(body, device))) return false;
    const expiresAt = body.readUIntBE(randomLength, timeLength);
    if (now >= expiresAt || now < expiresAt - challengeLifetime) return false;
    return await this.#used.use(nonce, expiresAt, now);
  }

  #mac(body: Uint8Array, device: DeviceId): Buffer {
    return createHmac('sha256', this.#secret).update(body).update(device).digest().subarray(0, macLength);
  }
}

class UsedNoncesInMemory implements UsedNonces {
  #used = new Set<string>();
  #usedBefore = new Set<string>();
  #turnedAt: Millis = 0;

  async use(nonce: string, _expiresAt: Millis, now: Millis): Promise<boolean> {
    if (Math.abs(now - this.#turnedAt) >= challengeLifetime) {
      this.#usedBefore = this.#used;
      this.#used = new Set();
      this.#turnedAt = now;
    }
    if (this.#used.has(nonce) || this.#usedBefore.has(nonce)) return false;
    this.#used.add(nonce);
    return true;
  }
}
