import { maySee, valueSeen } from '../../src/domain/access/may-see.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import type { ChangeId, IncidentId } from '../../src/domain/ids.ts';
import type { Json } from '../../src/domain/json.ts';
import { fromBase64url } from '../../src/domain/sync/base64url.ts';
import { chainStart, entryHash, valueDigest } from '../../src/domain/sync/hash-chain.ts';
import { utf8Length } from '../../src/domain/sync/hash.ts';
import { limits } from '../../src/domain/sync/limits.ts';
import type { Head, JournalEntry } from '../../src/domain/sync/protocol.ts';
import { nativeSha256 } from './native-sha256.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { seenFrom, type Reader } from './sqlite-page.ts';
import { entryFrom, frameColumns, type ChangeRow, type WorkspaceRow } from './sqlite-rows.ts';

export type BrokenChain = { readonly seq: number; readonly change: ChangeId | null };

/** The journal as people read it, and the check of its hash chain. */
export class Histories {
  private readonly ofRecord;
  private readonly ofIncident;
  private readonly all;
  private readonly hashAt;

  constructor(db: SqliteDatabase) {
    const entries = `SELECT ${frameColumns}, c.value FROM changes c WHERE c.ws = ?`;
    this.ofRecord = db.prepare<[number, string, string], ChangeRow>(
      `${entries} AND c.kind = ? AND c.key = ? ORDER BY c.seq`,
    );
    this.ofIncident = db.prepare<[number, IncidentId, number], ChangeRow>(
      `${entries} AND c.incident = ? AND c.seq > ? ORDER BY c.seq`,
    );
    this.all = db.prepare<[number, number], ChangeRow>(`${entries} AND c.seq > ? ORDER BY c.seq`);
    this.hashAt = db.prepare<[number, number], string>(`SELECT hash FROM changes WHERE ws = ? AND seq = ?`).pluck();
  }

  /** Oldest first; only the entries that this reader may see. */
  record(reader: Reader, kind: string, key: string): readonly JournalEntry[] {
    return this.ofRecord.all(reader.ws, kind, key).flatMap((row) => seenEntry(reader, row));
  }

  /** Ends at `limit` entries or 4 MiB, with at least one; `after` of the reply passes entries that this reader may not see. */
  page(
    reader: Reader,
    incident: IncidentId | null,
    after: number,
    limit: number,
  ): { readonly entries: readonly JournalEntry[]; readonly after: number; readonly more: boolean } {
    const rows =
      incident === null ? this.all.iterate(reader.ws, after) : this.ofIncident.iterate(reader.ws, incident, after);
    const entries: JournalEntry[] = [];
    let passed = after;
    let bytes = 0;
    for (const row of rows) {
      const seen = seenEntry(reader, row);
      const size = seen.length === 0 ? 0 : utf8Length(row.value ?? '');
      const isFull = entries.length >= limit || (entries.length > 0 && bytes + size > limits.pageBytes);
      if (seen.length > 0 && isFull) return { entries, after: passed, more: true };
      entries.push(...seen);
      bytes += size;
      passed = row.seq;
    }
    return { entries, after: passed, more: false };
  }

  /** The chain hash at `seq`; null where the journal does not reach that far. */
  hashOf(workspace: WorkspaceRow, seq: number): string | null {
    if (seq === 0) return chainStart(workspace.first_epoch, nativeSha256);
    return this.hashAt.get(workspace.ws, seq) ?? null;
  }

  /** Recomputes every entry: a flipped, deleted, reordered or truncated one is found and named. */
  verify(workspace: WorkspaceRow): Result<Head, BrokenChain> {
    let hash = chainStart(workspace.first_epoch, nativeSha256);
    let seq = 0;
    for (const row of this.all.iterate(workspace.ws, 0)) {
      seq += 1;
      if (row.seq !== seq || !verifies(hash, row)) return err({ seq, change: row.seq === seq ? row.id : null });
      hash = row.hash;
    }
    if (seq !== workspace.seq || hash !== workspace.hash) return err({ seq: seq + 1, change: null });
    return ok({ seq, hash });
  }
}

function verifies(previous: string, row: ChangeRow): boolean {
  const salt = fromBase64url(row.salt);
  if (salt === null) return false;
  if (row.value !== null && valueDigest(salt, row.value, nativeSha256) !== row.digest) return false;
  return entryHash(previous, entryFrom(row), row.digest, nativeSha256) === row.hash;
}

function seenEntry({ session, rights, scope }: Reader, row: ChangeRow): readonly JournalEntry[] {
  if (rights === null) return [];
  const entry = entryFrom(row);
  const value: Json = entry.change.value;
  if (
    !maySee(
      rights,
      session.device,
      seenFrom(row, () => value),
      scope,
    )
  )
    return [];
  return [{ ...entry, change: { ...entry.change, value: valueSeen(rights, row.kind, value) } }];
}
