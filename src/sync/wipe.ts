import type { SyncStore } from '../domain/ports/sync-store.ts';
import type { RoundEnd } from './connectivity.ts';

/**
 * Deletes everything of this device, on the server's word `revoked` or `wipe` and on no other. Where the storage does not
 * let itself be emptied, it is a fault that is seen and tried again, never a wipe that is only believed.
 */
export async function wipe(store: Pick<SyncStore, 'wipe'>, eraseApp: () => Promise<void>): Promise<RoundEnd> {
  try {
    await store.wipe();
  } catch {
    return { tag: 'fault', fault: { tag: 'storage-lost' } };
  }
  await eraseApp();
  return { tag: 'wiped' };
}
