import type { ChangeId, DeviceId, IncidentId, Instant, PersonId, Stamp, WorkspaceId } from '../../src/domain/ids.ts';
import type { Json } from '../../src/domain/json.ts';
import type { Change, JournalEntry } from '../../src/domain/sync/protocol.ts';
import type { EnrolledDevice } from './journal.ts';

/** A workspace's row, read and locked at the start of each write. */
export type WorkspaceRow = {
  readonly ws: number;
  readonly id: WorkspaceId;
  readonly name: string;
  readonly epoch: string;
  readonly first_epoch: string;
  readonly seq: number;
  readonly hash: string;
  readonly last_stamp: Stamp | null;
  readonly server_n: number;
  readonly server_stamp: Stamp | null;
  readonly safe_seq: number;
  readonly scope_seq: number;
};

/** A change without its value. */
export type ChangeFrame = {
  readonly seq: number;
  readonly id: ChangeId;
  readonly device: DeviceId;
  readonly n: number;
  readonly kind: string;
  readonly key: string;
  readonly base: ChangeId | null;
  readonly seen: Stamp | null;
  readonly claimed: Stamp;
  readonly wall: Instant;
  readonly line: number;
  readonly v: number;
  readonly stamp: Stamp;
  readonly outcome: 'applied' | 'superseded';
  readonly outcome_seq: number;
  readonly person: PersonId | null;
  readonly at: Instant;
  readonly hash: string;
  readonly salt: string;
  readonly digest: string;
  readonly incident: IncidentId | null;
  readonly about: PersonId | null;
};

/** `value` is null once it was erased; a tombstone has the text `null`. */
export type ChangeRow = ChangeFrame & { readonly value: string | null };

export const frameColumns =
  'c.seq, c.id, c.device, c.n, c.kind, c.key, c.base, c.seen, c.claimed, c.wall, c.line, c.v, c.stamp, c.outcome, c.outcome_seq, ' +
  'c.person, c.at, c.hash, c.salt, c.digest, c.incident, c.about';

export type DeviceRow = {
  readonly id: DeviceId;
  readonly workspace: WorkspaceId;
  readonly ws: number;
  readonly person: PersonId;
  readonly name: string;
  readonly key_x: string;
  readonly key_y: string;
  readonly weak_key: 0 | 1;
  readonly enrolled_at: Instant;
  readonly last_seen_at: Instant | null;
  readonly approved_at: Instant | null;
  readonly revoked_mode: 'lost' | 'leaver' | null;
  readonly revoked_at: Instant | null;
};

export function parsed(text: string | null): Json {
  return text === null ? null : (JSON.parse(text) as Json);
}

export function changeFrom(row: ChangeFrame, value: Json): Change {
  const { id, n, kind, key, base, seen, claimed, wall, line, v } = row;
  return { id, n, kind, key, value, base, seen, stamp: claimed, wall, line, v };
}

export function entryFrom(row: ChangeRow): JournalEntry {
  return {
    seq: row.seq,
    change: changeFrom(row, parsed(row.value)),
    stamp: row.stamp,
    outcome: row.outcome,
    author: { person: row.person, device: row.device },
    at: row.at,
    hash: row.hash,
    salt: row.salt,
    ...(row.value === null ? { erased: row.digest } : {}),
  };
}

export function deviceFrom(row: DeviceRow): EnrolledDevice {
  return {
    id: row.id,
    workspace: row.workspace,
    person: row.person,
    name: row.name,
    publicKey: { kty: 'EC', crv: 'P-256', x: row.key_x, y: row.key_y },
    weakKey: row.weak_key === 1,
    enrolledAt: row.enrolled_at,
    lastSeenAt: row.last_seen_at,
    approvedAt: row.approved_at,
    revoked:
      row.revoked_mode === null || row.revoked_at === null ? null : { mode: row.revoked_mode, at: row.revoked_at },
  };
}
