import { waitLeft } from '../domain/access/screen-lock.ts';
import type { Membership } from '../domain/ports/device.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { ok, type Result } from '../domain/result.ts';
import type { Millis } from '../domain/time.ts';
import { blankReplica, newOwnState, ownRows } from './own-state.ts';
import {
  changeSeal,
  editHeader,
  editHeaderOf,
  personalTables,
  readSeal,
  rowTables,
  type SealPlace,
} from './seal-header.ts';
import { newRowKey, unwrapKey, wrapKey, type WrapParts } from './seal-key.ts';

/**
 * Sets a passphrase. Nothing is sealed yet: that begins once it was given at an opening, so that one which was typed wrong twice costs
 * nothing. Every connection to the database ends, this page's own too.
 */
export async function chooseSeal(
  place: SealPlace,
  parts: WrapParts,
  passphrase: string,
  rounds?: number,
): Promise<Result<void, StorageFault>> {
  const key = await wrapKey(newRowKey(parts.random), passphrase, parts, rounds);
  return changeSeal(place, (transaction) =>
    editHeaderOf(transaction, (header) =>
      header.state === 'off' ? { name: 'seal', state: 'chosen', key, misses: 0, missedAt: 0 } : header,
    ),
  );
}

/** From now on rows are written as they are; the sealed ones follow at the next opening, which asks for the passphrase once more. */
export async function turnSealOff(place: SealPlace): Promise<Result<void, StorageFault>> {
  return changeSeal(place, (transaction) =>
    editHeaderOf(transaction, (header) => {
      if (header.state === 'off' || header.state === 'chosen') return { name: 'seal', state: 'off' };
      return { ...header, state: 'unsealing' };
    }),
  );
}

export type ChangedPassphrase = { readonly changed: true } | { readonly changed: false; readonly wait: Millis };

/** Wraps the same key anew: no row is touched, and other tabs go on. A wrong `before` counts as a wrong try at opening does. */
export async function changePassphrase(
  place: SealPlace,
  parts: WrapParts,
  before: string,
  after: string,
): Promise<Result<ChangedPassphrase, StorageFault>> {
  const found = await readSeal(place);
  if (!found.ok) return found;
  if (found.value === null || found.value.header.state === 'off') return ok({ changed: false, wait: 0 });
  const { header, base } = found.value;
  const now = parts.clock.now();
  const wait = waitLeft(header, now);
  if (wait > 0) return ok({ changed: false, wait });
  const missed = { misses: header.misses + 1, missedAt: now };
  const counted = await editHeader(place, base, (stands) => ({ ...stands, ...missed, misses: stands.misses + 1 }));
  if (!counted.ok) return counted;
  const key = await unwrapKey(header.key, before);
  if (key === null) return ok({ changed: false, wait: waitLeft(missed, now) });
  const wrapped = await wrapKey(key, after, parts);
  const kept = await editHeader(place, base, (stands) => ({ ...stands, key: wrapped, misses: 0, missedAt: 0 }));
  return kept.ok ? ok({ changed: true }) : kept;
}

/** Deletes everything and the seal with it, in one transaction; needs no passphrase. */
export async function emptySealed(place: SealPlace, after: Membership): Promise<Result<void, StorageFault>> {
  return changeSeal(place, (transaction) => beginAnew(transaction, after));
}

/** Takes the seal off a database that was emptied while it was open: nothing in it is anybody's any more. */
export async function unsealEmptied(place: SealPlace, after: Membership): Promise<Result<void, StorageFault>> {
  return changeSeal(place, (transaction) => {
    const kept = personalTables(transaction.objectStoreNames);
    let left = kept.length;
    for (const name of kept) {
      const asked = transaction.objectStore(name).count();
      asked.onsuccess = () => {
        if (asked.result > 0) return;
        left -= 1;
        if (left === 0) beginAnew(transaction, after);
      };
    }
  });
}

function beginAnew(transaction: IDBTransaction, after: Membership): void {
  for (const name of rowTables(transaction.objectStoreNames)) transaction.objectStore(name).clear();
  for (const row of ownRows({ ...newOwnState, membership: after })) transaction.objectStore('own').put(row);
  transaction.objectStore('replicas').put(blankReplica(1, 0));
  editHeaderOf(transaction, () => ({ name: 'seal', state: 'off' }));
}
