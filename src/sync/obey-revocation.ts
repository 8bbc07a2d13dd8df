import type { Clock, DeviceKey, SyncStore } from '../domain/ports/sync-store.ts';
import { ok } from '../domain/result.ts';
import { minute, type Millis } from '../domain/time.ts';
import { eraseApp } from './erase-app.ts';
import { createSession } from './session.ts';
import { systemTimer } from './timer.ts';
import { createTransport } from './transport.ts';
import { wipe } from './wipe.ts';

export type RevocationParts = {
  readonly key: DeviceKey;
  readonly clock: Clock;
  readonly origin: string;
  readonly store: Pick<SyncStore, 'wipe'>;
};

const untilAnswered: Millis = minute;
const untilAskedAgain: Millis = 15 * minute;

/**
 * For a device whose storage is locked, and who can't sync: signs in with its key, which no passphrase protects, and wipes on the server's
 * word `revoked`. True once it is wiped; false when `signal` aborts, or a server does not know this device.
 */
export async function obeyRevocation(
  { key, clock, origin, store }: RevocationParts,
  signal: AbortSignal,
): Promise<boolean> {
  const call: typeof fetch = (...request) => fetch(...request);
  const transport = createTransport({ fetch: call, origin, clock, timer: systemTimer });
  const session = createSession({ transport, clock, origin, store: { key: async () => ok(key) } });
  while (!signal.aborted) {
    session.forget();
    const token = await session.token(signal);
    if (!token.ok && token.error.tag === 'problem') {
      if (token.error.code === 'unknown-device') return false;
      if (token.error.code === 'revoked' && (await wipe(store, eraseApp)).tag === 'wiped') return true;
    }
    await systemTimer.wait(token.ok ? untilAskedAgain : untilAnswered, signal);
  }
  return false;
}
