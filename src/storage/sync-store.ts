import type { DeviceKey, SyncStore } from '../domain/ports/sync-store.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { ok, type Result } from '../domain/result.ts';
import type { EnrolReply, SyncReply } from '../domain/sync/protocol.ts';
import { observeOffset } from '../domain/sync/hybrid-clock.ts';
import { day, millis } from '../domain/time.ts';
import type { adoptMembership } from './adopt-membership.ts';
import { applyReply } from './apply-reply.ts';
import { historyChanged } from './begin-history.ts';
import { waitingRivals } from './bundle-due.ts';
import type { TableName, Tables } from './database.ts';
import { ensureKey, readKey } from './device-key.ts';
import { memberOf } from './member-of.ts';
import { countPending, countState } from './outbox.ts';
import { pulseAfter, readMembership, readOwnState, readSync } from './own-state.ts';
import { prepareRequest, type Carry } from './prepare-request.ts';
import { reissueChanges } from './reissue-changes.ts';
import { deleteDoomed, readReplica } from './replica.ts';
import { removeSettled } from './retention.ts';
import { StorageFailure } from './storage-failure.ts';
import { wipeDevice } from './wipe-device.ts';
import type { StorageParts } from './write-changes.ts';
import { withoutValue } from './without-value.ts';

const syncTables: readonly TableName[] = ['own', 'outbox', 'replicas', 'records', 'aside', 'bundles'];

/** What only a page does, loaded before a transaction begins, which would not wait for it; the service worker has none of it. */
export type PageWork = {
  readonly adopt: () => Promise<typeof adoptMembership>;
  /** Brings along what was taken from other phones. */
  readonly carry: () => Promise<Carry>;
};

/** The engine's side of the phone's database; guarantees as the port says them. */
export function createSyncStore(parts: StorageParts & { readonly crypto: Crypto }, page: PageWork | null): SyncStore {
  const { database, clock } = parts;
  const carry = page?.carry ?? (() => null);
  return {
    async prepare(most) {
      const carrying = await carry();
      const prepared = await database.writeRelaxed(['own', 'outbox', 'replicas', 'bundles'], (tables) =>
        prepareRequest(tables, clock, most, carrying),
      );
      if (!prepared.ok || prepared.value === null) return prepared as Result<null, StorageFault>;
      clock.keep(prepared.value.run);
      return ok(prepared.value.request);
    },
    async apply(sent, reply) {
      const carrying = await carry();
      const applied = await database.writeRelaxed(syncTables, (tables) => applyReply(tables, sent, reply, carrying));
      if (applied.ok && applied.value.tag !== 'dropped') await keepHouse(parts, reply);
      return applied;
    },
    historyChanged: async (sent, changed) =>
      withoutValue(await database.writeRelaxed(syncTables, (tables) => historyChanged(tables, sent, changed))),
    observeOffset: async (offset) =>
      withoutValue(
        await database.writeStrict(['own'], async (tables) => {
          const { clock: row } = await readOwnState(tables);
          const hybrid = observeOffset(row.hybrid, offset);
          if (hybrid !== row.hybrid) await tables.own.put({ ...row, hybrid });
        }),
      ),
    unsent: database.live(['own', 'outbox', 'replicas', 'bundles'], readCounts),
    key: () => readKey(parts, 'live'),
    createKey: () => ensureKey(parts, 'live'),
    createNextKey: () => ensureKey(parts, 'next'),
    async adopt(server, reply) {
      if (page === null) throw new Error('a service worker joins nothing');
      const adoptIn = await page.adopt();
      return withoutValue(
        await database.writeStrict([...syncTables, 'keys'], async (tables) => {
          const key = await tables.keys.get('live');
          await adoptIn(tables, { server, reply, weakKey: key?.weak === true, now: clock.now() });
        }),
      );
    },
    reissue: async (next, reply) =>
      withoutValue(
        await database.writeStrict(['own', 'outbox', 'keys'], (tables) =>
          becomeNext({ ...parts, tables }, next, reply),
        ),
      ),
    async wipe() {
      const wiped = await wipeDevice(database, 'wiped');
      // thrown, so that the caller does not believe a wipe that was none
      if (!wiped.ok) throw new StorageFailure(wiped.error);
    },
    async person() {
      const membership = await database.read(['own'], readMembership);
      if (!membership.ok) return membership;
      return ok('person' in membership.value ? membership.value.person : null);
    },
  };
}

/** A clone's new life, in one transaction; done already, it changes nothing. */
async function becomeNext(
  { tables, clock, random }: StorageParts & { readonly tables: Tables },
  next: DeviceKey,
  reply: EnrolReply,
): Promise<void> {
  const own = await readOwnState(tables);
  const { membership } = own;
  if (membership.state !== 'member' || membership.device === next.device) return;
  const key = await tables.keys.get('next');
  if (key?.device !== next.device) throw new Error('the next key is not the one that was enrolled');
  await tables.keys.put({ ...key, slot: 'live' });
  await tables.keys.delete('next');
  const author = { device: next.device, person: reply.person, n: 0 };
  const n = await reissueChanges(tables, membership.device, author, clock.now(), random);
  await tables.own.bulkPut([
    {
      name: 'membership',
      value: { ...memberOf(membership.server, reply, next.weak, clock.now()), joinedAt: membership.joinedAt },
    },
    { ...own.clock, n },
    pulseAfter(own.pulse, null),
  ]);
}

async function readCounts(tables: Tables) {
  const sync = await readSync(tables);
  const [unsent, refused, shown, bundles, live] = await Promise.all([
    countPending(tables),
    countState(tables.outbox, 'refused'),
    countState(tables.outbox, 'carried'),
    tables.bundles.toArray(),
    readReplica(tables, sync.filling ?? sync.live),
  ]);
  const isFilling = sync.filling !== null || (live.epoch !== null && !live.complete);
  const carried = bundles.reduce((sum, row) => sum + waitingRivals(row), shown);
  return { unsent, refused, carried, lastSentAt: sync.lastSentAt, filling: isFilling ? live.filled : null };
}

/**
 * What a reply leaves to tidy: records of replaced replicas at once, old outbox entries once a day. Apart from the reply's own
 * transaction, and safe to lose: what was not done is done after a later reply.
 */
async function keepHouse({ database }: StorageParts, reply: SyncReply): Promise<void> {
  const sync = await database.read(['own'], readSync);
  if (!sync.ok) return;
  const serverNow = millis(reply.serverNow);
  const { doomed, sweptAt, history } = sync.value;
  const isDue = serverNow - sweptAt >= day;
  if (doomed.length === 0 && !isDue) return;
  await database.writeRelaxed(syncTables, async (tables) => {
    await deleteDoomed(tables, doomed);
    if (isDue) await removeSettled(tables, { serverNow, safeSeq: reply.safeSeq, history });
    const now = await readSync(tables);
    await tables.own.put({
      ...now,
      doomed: now.doomed.filter((number) => !doomed.includes(number)),
      sweptAt: isDue ? serverNow : now.sweptAt,
    });
  });
}
