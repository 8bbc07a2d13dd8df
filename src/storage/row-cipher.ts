import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { concatBytes, randomBytes } from '@noble/ciphers/utils.js';
import { utf8 } from '../domain/sync/hash.ts';
import type { TableName } from './database.ts';

/** A row as it lies on the disk: its readable fields, and all others as one sealed text. */
type SealedRow = { readonly sealed: Uint8Array };

export type RowCipher = {
  readonly seal: (table: string, row: object) => object;
  readonly open: <T>(table: string, row: T) => T;
};

/** What indexes need stays readable, and no more. */
export const readableFields: Readonly<Record<TableName, readonly string[]>> = {
  own: ['name'],
  keys: ['slot', 'device', 'publicKey', 'weak'],
  settings: ['name'],
  outbox: ['device', 'n', 'id', 'kind', 'key', 'over', 'task', 'state', 'settledAt'],
  replicas: ['number'],
  records: ['replica', 'kind', 'key', 'task'],
  aside: ['change'],
  bundles: ['signature'],
};

const nonceLength = 24;

/**
 * Seals rows with XChaCha20-Poly1305 under a key of 32 bytes; synchronous, since an IndexedDB transaction waits for nothing else. What
 * stays readable is bound to what is sealed, so neither can be changed or moved to another row unnoticed.
 */
export function rowCipher(key: Uint8Array): RowCipher {
  return {
    seal(table, row) {
      if (isSealed(row) || isKeptByTheBrowser(row)) return row;
      const readable = readableOf(table);
      const fields = Object.entries(row).filter(([, value]) => value !== undefined);
      const open = Object.fromEntries(fields.filter(([name]) => readable.includes(name)));
      const hidden = Object.fromEntries(fields.filter(([name]) => !readable.includes(name)));
      const nonce = randomBytes(nonceLength);
      const box = xchacha20poly1305(key, nonce, bound(table, open)).encrypt(utf8(JSON.stringify(hidden)));
      return { ...open, sealed: concatBytes(nonce, box) };
    },
    open<T>(table: string, row: T): T {
      if (!isSealed(row)) return row;
      const { sealed, ...open } = row;
      const nonce = sealed.subarray(0, nonceLength);
      const text = opened(xchacha20poly1305(key, nonce, bound(table, open)), sealed.subarray(nonceLength));
      return { ...open, ...(JSON.parse(text) as object) } as T;
    },
  };
}

/** By bytes, which no file and no server can put there: JSON has none. */
export function isSealed(row: unknown): row is SealedRow {
  return typeof row === 'object' && row !== null && 'sealed' in row && ArrayBuffer.isView(row.sealed);
}

/** A key that no script can read can't be sealed by one either. */
function isKeptByTheBrowser(row: object): boolean {
  return 'privateKey' in row && 'weak' in row && row.weak === false;
}

function opened(cipher: ReturnType<typeof xchacha20poly1305>, box: Uint8Array): string {
  try {
    return new TextDecoder().decode(cipher.decrypt(box));
  } catch {
    // as a browser says it of a row that its disk does not give back
    throw new DOMException('a sealed row can not be opened', 'UnknownError');
  }
}

function bound(table: string, open: object): Uint8Array {
  const fields = open as Readonly<Record<string, unknown>>;
  return utf8(JSON.stringify([table, readableOf(table).map((name) => fields[name] ?? null)]));
}

function readableOf(table: string): readonly string[] {
  return readableFields[table as TableName];
}
