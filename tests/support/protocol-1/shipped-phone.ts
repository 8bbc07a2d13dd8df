import { IDBKeyRange } from 'fake-indexeddb';
import type { Json } from '../../../src/domain/json.ts';
import type { Clock, Randomness } from '../../../src/domain/ports/sync-store.ts';
import type { ServerApi } from '../../../src/domain/ports/server-api.ts';
import type { Kind } from '../../../src/domain/sync/kinds.ts';
import type { EnrolReply } from '../../../src/domain/sync/protocol.ts';
import { openStorage, type Storage } from '../open-storage.ts';
import { createBatchSize } from '../../../src/sync/batch-size.ts';
import type { RoundEnd } from '../../../src/sync/connectivity.ts';
import { join } from '../../../src/sync/join.ts';
import { runRound } from '../../../src/sync/round.ts';
import { createServerApi } from '../../../src/sync/server-api.ts';
import { createSession } from '../../../src/sync/session.ts';
import { systemTimer } from '../../../src/sync/timer.ts';
import { createTransport } from '../../../src/sync/transport.ts';
import { awaitLive, valueOf } from '../../storage/support/phone-parts.ts';

/** Storage and engine as they are shipped; a test says when it asks the server. */
export type ShippedPhone = Storage & {
  readonly join: (code: string, personName: string | null) => Promise<EnrolReply>;
  /** Sends and pulls all there is. */
  readonly round: () => Promise<RoundEnd>;
  readonly server: ServerApi;
};

export type PhoneOptions = {
  readonly disk: IDBFactory;
  readonly name: string;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly crypto?: Crypto;
  readonly origin: string;
  readonly fetch: typeof fetch;
};

export async function shippedPhone({
  disk,
  name,
  clock,
  random,
  origin,
  ...more
}: PhoneOptions): Promise<ShippedPhone> {
  const { signal } = new AbortController();
  const storage = valueOf(
    await openStorage({
      name,
      clock,
      random,
      indexedDb: { indexedDB: disk, IDBKeyRange },
      ...(more.crypto === undefined ? {} : { crypto: more.crypto }),
    }),
  );
  const store = storage.syncStore;
  const transport = createTransport({ fetch: more.fetch, origin, clock, timer: systemTimer });
  const session = createSession({ transport, store, clock, origin });
  const unforeseen = () => Promise.reject(new Error('not in this test'));
  return {
    ...storage,
    join: async (code, personName) => {
      const joined = valueOf(
        await join({ store, transport, origin }, { code, personName, deviceName: 'Phone' }, signal),
      );
      session.forget();
      return joined;
    },
    round: () =>
      runRound(
        {
          transport,
          session,
          store,
          clock,
          batch: createBatchSize(),
          renewIdentity: unforeseen,
          wipe: unforeseen,
          onReply: () => undefined,
        },
        signal,
      ),
    server: createServerApi({ transport, session, signal: () => signal, onUnwelcome: () => undefined }),
  };
}

export type ShownRecord = {
  readonly kind: string;
  readonly key: string;
  readonly change: string;
  readonly unsent: boolean;
  readonly value: Json;
};

/** Everything of these kinds that a phone's screens would be given. */
export async function shownBy({ records }: Storage, kinds: readonly string[]): Promise<readonly ShownRecord[]> {
  const shown = await Promise.all(kinds.map((kind) => awaitLive(records.watchPrefix(kind as Kind, ''))));
  return shown
    .flat()
    .map(({ kind, key, change, unsent, value }) => ({ kind, key, change, unsent, value: value as Json }));
}

/** A browser that stores no key which can't be read out, so that a test may write down what it stores. */
export function cryptoWithReadableKeys(): Crypto {
  const { subtle } = globalThis.crypto;
  const generateKey = async (algorithm: EcKeyGenParams, extractable: boolean, usages: KeyUsage[]) => {
    if (!extractable) throw new DOMException('not here', 'NotSupportedError');
    return await subtle.generateKey(algorithm, true, usages);
  };
  const rest = ['exportKey', 'importKey', 'sign', 'verify'] as const;
  const bound = Object.fromEntries(rest.map((name) => [name, (subtle[name] as () => unknown).bind(subtle)]));
  return { subtle: { ...bound, generateKey } } as unknown as Crypto;
}
