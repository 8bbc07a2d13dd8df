import type { SyncStore } from '../domain/ports/sync-store.ts';
import type { RoundEnd } from './connectivity.ts';
import { enrol } from './enrol.ts';
import type { Session } from './session.ts';
import type { Transport } from './transport.ts';

export type RenewParts = {
  readonly store: SyncStore;
  readonly session: Session;
  readonly transport: Transport;
  readonly origin: string;
  readonly deviceName: () => string;
};

/**
 * Makes a cloned device one of its own (protocol.md, Clones): a new key, enrolled with the session's token as its code and
 * signed by the old key too; then what was refused and what is unsent is issued anew. Null when done; the next key is kept, so
 * after a lost reply the same key asks again.
 */
export async function renewIdentity(parts: RenewParts, token: string, signal: AbortSignal): Promise<RoundEnd | null> {
  const old = await parts.store.key();
  if (!old.ok) return { tag: 'fault', fault: old.error };
  if (old.value === null) return { tag: 'alone' };
  const next = await parts.store.createNextKey();
  if (!next.ok) return { tag: 'fault', fault: next.error };
  const enrolled = await enrol(
    parts.transport,
    parts.origin,
    { code: token, key: next.value, deviceName: parts.deviceName(), person: null, previous: old.value },
    signal,
  );
  if (!enrolled.ok)
    return { tag: 'unreached', hold: enrolled.error.tag === 'no-answer' ? null : enrolled.error.retryAfter };
  const reissued = await parts.store.reissue(next.value, enrolled.value);
  if (!reissued.ok) return { tag: 'fault', fault: reissued.error };
  parts.session.forget();
  return null;
}
