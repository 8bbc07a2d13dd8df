import type { Applied } from '../../../src/domain/ports/sync-store.ts';
import type { ModelServer } from './model-server.ts';
import type { Storage } from '../../support/open-storage.ts';
import { enrolled, server as origin, valueOf } from './phone-parts.ts';

type Syncing = Pick<Storage, 'syncStore'>;

/** One request and its reply. */
export async function syncOnce(
  phone: Syncing,
  server: ModelServer,
  most = { changes: 500, bytes: 1e6 },
): Promise<Applied | 'history-changed'> {
  const sent = valueOf(await phone.syncStore.prepare(most));
  if (sent === null) throw new Error('not a member');
  const reply = server.handle(sent);
  if ('code' in reply) {
    valueOf(await phone.syncStore.historyChanged(sent, reply));
    return 'history-changed';
  }
  return valueOf(await phone.syncStore.apply(sent, reply));
}

/** Until there is nothing more to send or to pull, as the engine does. */
export async function syncAll(phone: Syncing, server: ModelServer, most = { changes: 500, bytes: 1e6 }): Promise<void> {
  for (let round = 0; round < 200; round += 1) {
    const done = await syncOnce(phone, server, most);
    if (done === 'history-changed' || done.tag === 'dropped') continue;
    if (done.tag === 'cloned') {
      await renew(phone, server);
      continue;
    }
    const next = valueOf(await phone.syncStore.prepare(most));
    const isEmpty = next?.body.changes.length === 0 && next.body.relayed === undefined;
    if (!done.more && isEmpty) return;
  }
  throw new Error('never settled');
}

/** A clone becomes a device of its own. */
export async function renew(phone: Syncing, server: ModelServer): Promise<void> {
  const next = valueOf(await phone.syncStore.createNextKey());
  const person = valueOf(await phone.syncStore.person()) ?? 'nobody';
  server.people.set(next.device, person as never);
  valueOf(await phone.syncStore.reissue(next, enrolled(next.device, person)));
}

export async function join(phone: Syncing, server: ModelServer, person: string, workspace?: string): Promise<void> {
  const key = valueOf(await phone.syncStore.createKey());
  server.people.set(key.device, person as never);
  valueOf(await phone.syncStore.adopt(origin, enrolled(key.device, person, workspace)));
}
