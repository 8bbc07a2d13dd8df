import { createHash, randomBytes } from 'node:crypto';
import { minute, type Millis } from '../src/domain/time.ts';
import type { Session } from './journal/journal.ts';

export const tokenLifetime: Millis = 30 * minute;

export type HeldToken = Session & { readonly expiresAt: Millis };

/** What a device holds after it signed in. */
export interface Tokens {
  issue(session: Session, now: Millis): Promise<{ readonly token: string; readonly expiresAt: Millis }>;
  find(token: string, now: Millis): Promise<HeldToken | null>;
}

/**
 * Bearer tokens: 256 random bits, 30 minutes, kept only as their hash, so that no memory dump and no log gives one away.
 * In memory: a restart ends all of them, and apps sign in again by themselves.
 */
export class SessionTokens implements Tokens {
  readonly #held = new Map<string, HeldToken>();
  #sweepAt: Millis = 0;

  async issue(session: Session, now: Millis): Promise<{ readonly token: string; readonly expiresAt: Millis }> {
    this.#sweep(now);
    const token = randomBytes(32).toString('base64url');
    const expiresAt = now + tokenLifetime;
    const { workspace, device, person } = session;
    this.#held.set(hashOf(token), { workspace, device, person, expiresAt });
    return { token, expiresAt };
  }

  async find(token: string, now: Millis): Promise<HeldToken | null> {
    const held = this.#held.get(hashOf(token));
    return held !== undefined && now < held.expiresAt ? held : null;
  }

  #sweep(now: Millis): void {
    if (now < this.#sweepAt) return;
    this.#sweepAt = now + minute;
    for (const [hash, held] of this.#held) if (now >= held.expiresAt) this.#held.delete(hash);
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
