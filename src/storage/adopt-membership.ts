import type { PersonId } from '../domain/ids.ts';
import type { Json } from '../domain/json.ts';
import type { EnrolReply } from '../domain/sync/protocol.ts';
import { utf8Length } from '../domain/sync/hash.ts';
import type { Millis } from '../domain/time.ts';
import { beginHistory } from './begin-history.ts';
import type { Tables } from './database.ts';
import { changeOf, entriesIn, settleAll } from './outbox.ts';
import { taskOf } from './overlay.ts';
import { memberOf } from './member-of.ts';
import { pulseAfter, readOwnState } from './own-state.ts';
import { putCarriedAside } from './put-carried-aside.ts';
import { isBlank, readReplica } from './replica.ts';
import type { OutboxRow } from './rows.ts';

export type Adoption = {
  readonly server: string;
  readonly reply: EnrolReply;
  readonly weakKey: boolean;
  readonly now: Millis;
};

/**
 * Makes the device a member, in the caller's transaction (see `SyncStore.adopt`). What was written before is kept and sent.
 * A local person becomes the invite's in everything that no server can have seen under this id: keys and values.
 */
export async function adoptMembership(tables: Tables, { server, reply, weakKey, now }: Adoption): Promise<void> {
  const own = await readOwnState(tables);
  const before = own.membership;
  const known = own.sync.workspace;
  const membership = memberOf(server, reply, weakKey, now);
  const localPerson = before.state === 'alone' ? before.person : null;
  if (localPerson !== null && localPerson !== reply.person) await mapPerson(tables, localPerson, reply.person);
  const live = await readReplica(tables, own.sync.live);
  const isOther = known !== null && known !== reply.workspace.id;
  // Another workspace is another past: everything is sent to it, and what it lacks of others is kept aside.
  const sync =
    isOther && !(isBlank(live) && own.sync.filling === null)
      ? await beginHistory(tables, own, { epoch: null, head: null })
      : own.sync;
  if (isOther) await putCarriedAside(tables, now);
  await settleAll(tables, live);
  await tables.own.bulkPut([
    { name: 'membership', value: membership },
    { ...sync, workspace: reply.workspace.id },
    pulseAfter(own.pulse, null),
  ]);
}

/** Only changes that were never sent: another content under a known id would be refused. */
async function mapPerson(tables: Tables, from: PersonId, to: PersonId): Promise<void> {
  const entries = await entriesIn(tables, 'unsent').toArray();
  const mapped = entries.map((entry) => withPerson(entry, from, to));
  await tables.outbox.bulkPut(mapped);
}

export function withPerson({ task: _, ...entry }: OutboxRow, from: PersonId, to: PersonId): OutboxRow {
  const key = entry.key
    .split('/')
    .map((segment) => (segment === from ? to : segment))
    .join('/');
  const next: OutboxRow = {
    ...entry,
    key,
    value: replaced(entry.value, from, to),
    person: entry.person === from ? to : entry.person,
  };
  return { ...next, bytes: utf8Length(JSON.stringify(changeOf(next))), ...taskOf(next.kind, key, next.value) };
}

/** A local person's id is random, so a text that equals it can only mean that person. */
function replaced(value: Json, from: string, to: string): Json {
  if (typeof value === 'string') return value === from ? to : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((each) => replaced(each, from, to));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replaced(each, from, to)]));
}
