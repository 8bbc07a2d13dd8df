import type { StorageFault } from '../domain/ports/storage-fault.ts';

/** Carries a fault out of a Dexie hook or transaction, where only a throw ends the work. */
export class StorageFailure extends Error {
  override readonly name = 'StorageFailure';
  readonly fault: StorageFault;

  constructor(fault: StorageFault) {
    super(fault.tag);
    this.fault = fault;
  }
}

/** What an error of the browser's database means for a person; null where it is a bug of ours, which must be thrown on. */
export function faultOf(error: unknown): StorageFault | null {
  for (const each of causes(error)) {
    if (each instanceof StorageFailure) return each.fault;
    const fault = faultsByName.get(nameOf(each));
    if (fault !== undefined) return fault;
  }
  return null;
}

const faultsByName: ReadonlyMap<string, StorageFault> = new Map([
  ['QuotaExceededError', { tag: 'storage-full' }],
  ['VersionError', { tag: 'storage-newer' }],
  ['MissingAPIError', { tag: 'storage-unavailable' }],
  ['MissingApiError', { tag: 'storage-unavailable' }],
  // A browser in private or Lockdown Mode refuses to open.
  ['SecurityError', { tag: 'storage-unavailable' }],
  ['OpenFailedError', { tag: 'storage-unavailable' }],
  // Connections that a browser dropped (WebKit after backgrounding), and a disk that fails while reading or writing.
  ['DatabaseClosedError', { tag: 'storage-lost' }],
  ['InvalidStateError', { tag: 'storage-lost' }],
  ['UnknownError', { tag: 'storage-lost' }],
  ['AbortError', { tag: 'storage-lost' }],
  ['TimeoutError', { tag: 'storage-lost' }],
  ['TransactionInactiveError', { tag: 'storage-lost' }],
]);

/** The innermost cause says most: a full disk arrives as an aborted transaction, inside a bulk error. */
function causes(error: unknown): readonly unknown[] {
  const found: unknown[] = [];
  for (let each = error; each !== undefined && each !== null && found.length < 8; each = innerOf(each))
    found.unshift(each);
  return found;
}

function innerOf(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('inner' in error && error.inner !== error) return error.inner;
  if ('failures' in error && Array.isArray(error.failures)) return error.failures[0];
  return 'cause' in error ? error.cause : undefined;
}

function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
}
