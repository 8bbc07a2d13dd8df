import type { ChangeId, PersonId } from '../domain/ids.ts';
import type { Membership } from '../domain/ports/device.ts';
import { utf8Length } from '../domain/sync/hash.ts';
import { deviceOf, momentOf, stampAt } from '../domain/sync/stamp.ts';
import { withPerson } from './adopt-membership.ts';
import type { BackupChange } from './backup-file.ts';
import type { Tables } from './database.ts';
import { changeOf, newEntry } from './outbox.ts';
import type { Backup } from './read-backup.ts';
import type { EntryKey, OutboxRow } from './rows.ts';

export type Home = {
  readonly membership: Membership & { readonly state: 'alone' | 'member' };
  /** The last `n` that this device used. */
  readonly n: number;
  /** The history that the file's verdicts belong to here; null if another. */
  readonly history: number | null;
};

export type NewEntries = {
  readonly rows: readonly OutboxRow[];
  readonly n: number;
  /** By kind: what a device that has joined takes from no file. */
  readonly leftOut: ReadonlyMap<string, number>;
};

/**
 * Whoever wrote the file would decide with this person's rights; the file proves nobody's. Brought back on a device before it
 * joins, the whole of it is taken.
 */
const decides: ReadonlySet<string> = new Set(['grant', 'approval', 'plan-version', 'incident']);

/** The file's changes that are not here yet, as entries of this outbox. */
export async function newEntries(
  tables: Pick<Tables, 'outbox'>,
  { header, changes }: Backup,
  home: Home,
): Promise<NewEntries> {
  const ids = changes.map(({ change }) => change.id);
  const places = changes.map(({ change }): EntryKey => [deviceOf(change.stamp), change.n]);
  const known = new Set<ChangeId>((await tables.outbox.where('id').anyOf(ids).toArray()).map(({ id }) => id));
  const taken = await tables.outbox.bulkGet(places);
  const rows: OutboxRow[] = [];
  const leftOut: string[] = [];
  let { n } = home;
  changes.forEach((each, at) => {
    if (known.has(each.change.id)) return;
    known.add(each.change.id);
    const entry = restoredEntry(each, home.history);
    // No server knows a device that never joined, so its changes become this device's, under the ids they have.
    const isHomeless = header.workspace === null || taken[at] !== undefined || entry.device === home.membership.device;
    const row = isHomeless ? rehomed(entry, home, header.person, n + 1) : entry;
    if (home.membership.state === 'member' && (isHomeless || isToSend(row)) && speaksFor(row, home.membership.person)) {
      leftOut.push(row.kind);
      return;
    }
    if (isHomeless) n += 1;
    rows.push(row);
  });
  return { rows, n, leftOut: countKinds(leftOut) };
}

export function isToSend({ state }: OutboxRow): boolean {
  return state === 'unsent' || state === 'again';
}

export function countKinds(kinds: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

function speaksFor({ kind, key }: OutboxRow, person: PersonId): boolean {
  return decides.has(kind) || (kind === 'person' && key !== person);
}

function restoredEntry(
  { change, person, state, given, verdict, settledAt }: BackupChange,
  history: number | null,
): OutboxRow {
  const entry = newEntry(change, deviceOf(change.stamp), person);
  if (state === 'unsent' || state === 'given-up') return { ...entry, state, given };
  if (verdict === null || history === null) return { ...entry, state: 'again', given: verdict?.stamp ?? given };
  return { ...entry, state, given, verdict: { ...verdict, history }, ...(settledAt === null ? {} : { settledAt }) };
}

function rehomed(entry: OutboxRow, { membership }: Home, filePerson: string | null, n: number): OutboxRow {
  const { device, person } = membership;
  const mapped =
    filePerson === null || filePerson === person ? entry : withPerson(entry, filePerson as PersonId, person);
  const next: OutboxRow = { ...mapped, device, person, n, stamp: stampAt(momentOf(entry.stamp), device) };
  return { ...next, bytes: utf8Length(JSON.stringify(changeOf(next))) };
}
