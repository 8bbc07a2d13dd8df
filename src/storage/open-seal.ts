import type { Progress } from '../domain/ports/device.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { waitLeft } from '../domain/access/screen-lock.ts';
import { err, ok, unreachable, type Result } from '../domain/result.ts';
import type { Millis } from '../domain/time.ts';
import { declareVersions } from './migrations.ts';
import { countRows, reformRows } from './reform-rows.ts';
import { rowCipher, type RowCipher } from './row-cipher.ts';
import {
  editHeader,
  editIn,
  mustBe,
  onDisk,
  personalTables,
  readSeal,
  type LockedHeader,
  type SealHeader,
  type SealPlace,
} from './seal-header.ts';
import { unwrapKey } from './seal-key.ts';
import { sealTables } from './sealed-tables.ts';
import { asGiven, type Sealing } from './sealing.ts';

/** What has to happen before a database opens that an app without seals refuses. */
export type SealStanding =
  /** Never sealed: written by a newer app. */
  | { readonly tag: 'none' }
  /** It was sealed once; now nothing is asked. */
  | { readonly tag: 'off'; readonly sealing: Sealing }
  /** Locked, with nothing of anybody's in it: it was erased, and the page ended before the seal was taken off. */
  | { readonly tag: 'emptied' }
  | { readonly tag: 'locked'; readonly header: LockedHeader };

export async function readStanding(place: SealPlace): Promise<Result<SealStanding, StorageFault>> {
  const found = await readSeal(place);
  if (!found.ok) return found;
  if (found.value === null) return ok({ tag: 'none' });
  const { header, base } = found.value;
  if (header.state === 'off') return ok({ tag: 'off', sealing: unsealed(base) });
  const rows = await onDisk(place, (connection) => countRows(connection, personalTables(connection.objectStoreNames)));
  if (!rows.ok) return rows;
  return ok(rows.value === 0 ? { tag: 'emptied' } : { tag: 'locked', header });
}

export type Unsealed = {
  readonly sealing: Sealing;
  /** Ends what turning it on or off began; null where there is nothing to end. What fails is done at the next opening. */
  readonly finish: ((onProgress: Progress) => Promise<Result<void, StorageFault>>) | null;
};

/** `wait`: how long until the next try. */
export type TriedPassphrase =
  { readonly opened: true; readonly unsealed: Unsealed } | { readonly opened: false; readonly wait: Millis };

/**
 * Tries a passphrase. Each try counts as a miss on the disk before it is looked at, so that ending the app in between gives no further one.
 * Where nothing can be written, the right one opens all the same.
 */
export async function tryPassphrase(
  place: SealPlace,
  passphrase: string,
  now: Millis,
): Promise<Result<TriedPassphrase, StorageFault>> {
  const found = await readSeal(place);
  if (!found.ok) return found;
  const seal = found.value;
  // deleted, or begun anew, since it was asked for
  if (seal === null) return err({ tag: 'storage-evicted' });
  const { header, base } = seal;
  if (header.state === 'off') return ok({ opened: true, unsealed: { sealing: unsealed(base), finish: null } });
  const wait = waitLeft(header, now);
  if (wait > 0) return ok({ opened: false, wait });
  const missed = { misses: header.misses + 1, missedAt: now };
  await editHeader(place, base, (stands) => ({ ...stands, misses: stands.misses + 1, missedAt: now }));
  const key = await unwrapKey(header.key, passphrase);
  if (key === null) return ok({ opened: false, wait: waitLeft(missed, now) });
  const begun = await editHeader(place, base, opened);
  return ok({ opened: true, unsealed: unsealedFrom(place, begun.ok ? begun.value : header, { base, key }) });
}

/** Whoever chose the passphrase has shown that they know it: from here on rows are sealed. */
function opened(header: LockedHeader): LockedHeader {
  return { ...header, misses: 0, missedAt: 0, state: header.state === 'chosen' ? 'sealing' : header.state };
}

type Opened = { readonly base: number; readonly key: Uint8Array };

function unsealedFrom(place: SealPlace, { state }: SealHeader, { base, key }: Opened): Unsealed {
  switch (state) {
    case 'off':
      return { sealing: unsealed(base), finish: null };
    case 'sealed':
      return { sealing: sealed(base, key), finish: null };
    case 'sealing':
      return unfinished(place, base, sealed(base, key));
    case 'unsealing':
      return unfinished(place, base, unsealing(base, key));
    case 'chosen':
      // the disk takes nothing just now, so nothing begins; another tab may have begun, so both forms are read
      return { sealing: unsealing(base, key), finish: null };
    default:
      return unreachable(state);
  }
}

/** The pass and its end share one connection: while it is open nobody changes the seal, and no row is left in the other form. */
function unfinished(place: SealPlace, base: number, sealing: Sealing): Unsealed {
  const finish = (onProgress: Progress) =>
    onDisk(place, async (connection) => {
      mustBe(connection, base);
      await reformRows({ connection, sealing, keys: place.indexedDb.IDBKeyRange }, onProgress);
      await editIn(connection, (header) =>
        header.state === 'unsealing' ? { name: 'seal', state: 'off' } : { ...header, state: 'sealed' },
      );
    });
  return { sealing, finish };
}

function sealed(base: number, key: Uint8Array): Sealing {
  return between(base, rowCipher(key));
}

/** Reads both forms and writes what needs no key. */
function unsealing(base: number, key: Uint8Array): Sealing {
  return between(base, { open: rowCipher(key).open, seal: asGiven.seal });
}

function between(base: number, rows: RowCipher): Sealing {
  const prepare: Sealing['prepare'] = (dexie) => {
    declareVersions(dexie, base);
    sealTables(dexie, rows);
  };
  return { ...rows, state: 'on', prepare };
}

function unsealed(base: number): Sealing {
  return { ...asGiven, state: 'off', prepare: (dexie) => declareVersions(dexie, base) };
}
