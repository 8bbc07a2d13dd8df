import type { SyncStore } from '../../src/domain/ports/sync-store.ts';
import type { StorageFault } from '../../src/domain/ports/storage-fault.ts';
import { ok, type Result } from '../../src/domain/result.ts';
import * as shipped from '../../src/storage/open-storage.ts';

/** The shipped storage with the engine's side of it at hand. */
export type Storage = Omit<shipped.Storage, 'syncStore'> & { readonly syncStore: SyncStore };

export async function openStorage(options: shipped.PageStorageOptions): Promise<Result<Storage, StorageFault>> {
  const opened = await shipped.openStorage(options);
  return opened.ok ? ok({ ...opened.value, syncStore: await opened.value.syncStore() }) : opened;
}
