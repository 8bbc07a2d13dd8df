import * as z from 'zod/mini';
import type { Clock, SyncStore } from '../domain/ports/sync-store.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { base64url } from '../domain/sync/base64url.ts';
import { sessionMessage } from '../domain/sync/signing.ts';
import { day, minute, type Millis } from '../domain/time.ts';
import type { Answer, CallFault, Transport } from './transport.ts';

export type SessionFault =
  | CallFault
  /** This device has no key yet: it never joined. */
  | { readonly tag: 'no-key' }
  | { readonly tag: 'storage'; readonly fault: StorageFault };

/**
 * The proof that this device is who it says (protocol.md, The other endpoints). The token lives in memory only; the page and the
 * service worker each get their own. The phone's clock may be wrong by any number of years.
 */
export interface Session {
  /** The current token, or a new one. Callers that ask at the same time share one sign-in. */
  token(signal: AbortSignal): Promise<Result<string, SessionFault>>;
  /** The server refused this token: the next call signs in anew. */
  drop(token: string): void;
  /** The device has a new identity. */
  forget(): void;
}

export type SessionParts = {
  readonly transport: Transport;
  readonly store: Pick<SyncStore, 'key'>;
  readonly clock: Clock;
  readonly origin: string;
};

type Held = {
  readonly token: string;
  readonly got: { readonly wall: Millis; readonly monotonic: Millis };
  readonly lifetime: Millis;
};

export function createSession(parts: SessionParts): Session {
  let held: Held | null = null;
  let signingIn: Promise<Result<Held, SessionFault>> | null = null;
  let generation = 0;

  const signInOnce = (signal: AbortSignal) => {
    const born = generation;
    signingIn ??= signIn(parts, signal).then((result) => {
      if (born !== generation) return result;
      signingIn = null;
      if (result.ok) held = result.value;
      return result;
    });
    return signingIn;
  };

  const token = async (signal: AbortSignal): Promise<Result<string, SessionFault>> => {
    if (held !== null && isFresh(held, parts.clock)) return ok(held.token);
    const shared = signingIn !== null;
    const result = await signInOnce(signal);
    if (result.ok) return ok(result.value.token);
    // the sign-in that was shared may have ended with the signal of the caller who began it
    if (shared && result.error.tag === 'no-answer' && !signal.aborted) return token(signal);
    return result;
  };

  return {
    token,
    drop(refused) {
      if (held?.token === refused) held = null;
    },
    forget() {
      generation += 1;
      held = null;
      signingIn = null;
    },
  };
}

/** As protocol.md says it; used where the reply's own clock can't be read. */
const usualLifetime: Millis = 30 * minute;
/** A token this near its end is not used for an attempt that may take a minute. */
const marginOf = (lifetime: Millis): Millis => Math.min(2 * minute, lifetime / 4);

/** Neither clock alone is enough: the wall clock may be set, the monotonic one stands still while the device sleeps. */
function isFresh(held: Held, clock: Clock): boolean {
  const awake = clock.monotonic() - held.got.monotonic;
  const passed = clock.now() - held.got.wall;
  const usable = held.lifetime - marginOf(held.lifetime);
  return awake < usable && passed >= 0 && passed < usable;
}

const challengeReply = z.looseObject({ nonce: z.string().check(z.minLength(1)), expiresAt: z.string() });
const sessionReply = z.looseObject({ token: z.string().check(z.minLength(1)), expiresAt: z.string() });

async function signIn(parts: SessionParts, signal: AbortSignal): Promise<Result<Held, SessionFault>> {
  const key = await parts.store.key();
  if (!key.ok) return err({ tag: 'storage', fault: key.error });
  if (key.value === null) return err({ tag: 'no-key' });
  const { device } = key.value;
  const challenge = await parts.transport.call({
    method: 'POST',
    path: '/api/session/challenge',
    body: () => ({ device }),
    reply: challengeReply,
    signal,
  });
  if (!challenge.ok) return challenge;
  const { nonce } = challenge.value.value;
  const signature = base64url(await key.value.sign(sessionMessage(parts.origin, device, nonce)));
  const session = await parts.transport.call({
    method: 'POST',
    path: '/api/session',
    body: () => ({ device, nonce, signature }),
    reply: sessionReply,
    signal,
  });
  if (!session.ok) return session;
  return ok({
    token: session.value.value.token,
    got: { wall: parts.clock.now(), monotonic: parts.clock.monotonic() },
    lifetime: lifetimeOf(session.value, session.value.value.expiresAt),
  });
}

/** How long the token lives, by the server's own clock: the phone's plays no part. */
function lifetimeOf(answer: Answer<unknown>, expiresAt: string): Millis {
  const lifetime = Date.parse(expiresAt) - (answer.serverDate ?? Number.NaN);
  return lifetime > 0 && lifetime < day ? lifetime : usualLifetime;
}
