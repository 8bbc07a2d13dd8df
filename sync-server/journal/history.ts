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
import type { Dialect } from './dialect.ts';
import { seenFrom, type Reader } from './page.ts';
import { entryFrom, frameColumns, type ChangeFrame, type ChangeRow, type WorkspaceRow } from './rows.ts';
import { portionOf, portionRows, ValueReader } from './value-reader.ts';
import { select, selectOne, type Work } from './work.ts';

export type BrokenChain = { readonly seq: number; readonly change: ChangeId | null };

type SizedFrame = ChangeFrame & { readonly size: number | null };

/** The journal as people read it, and the check of its hash chain. */
export class Histories {
  private readonly ofRecord;
  private readonly ofIncident;
  private readonly all;
  private readonly values: ValueReader;
  private readonly hashAt;
  private readonly strayRecord;
  private readonly missingRecord;

  constructor(dialect: Dialect) {
    const sized = `SELECT ${frameColumns}, octet_length(c.value) AS size FROM changes c WHERE c.ws = ?`;
    this.ofRecord = select<[number, string, string], ChangeRow>(
      `SELECT ${frameColumns}, c.value FROM changes c WHERE c.ws = ? AND c.kind = ? AND c.key = ? ORDER BY c.seq`,
    );
    this.ofIncident = select<[number, IncidentId, number, number], SizedFrame>(
      `${sized} AND c.incident = ? AND c.seq > ? ORDER BY c.seq LIMIT ?`,
    );
    this.all = select<[number, number, number], SizedFrame>(`${sized} AND c.seq > ? ORDER BY c.seq LIMIT ?`);
    this.values = new ValueReader(dialect);
    this.hashAt = selectOne<[number, number], { hash: string }>(`SELECT hash FROM changes WHERE ws = ? AND seq = ?`);
    // A record is the change of its name that was applied last; the journal says so by itself.
    const applied = `SELECT c.kind, c.key, max(c.seq) AS seq FROM changes c WHERE c.ws = ? AND c.outcome = 'applied' GROUP BY c.kind, c.key`;
    this.strayRecord = selectOne<[number, number], { seq: number }>(
      `SELECT r.seq FROM records r LEFT JOIN (${applied}) a ON a.kind = r.kind AND a.key = r.key AND a.seq = r.seq
       WHERE r.ws = ? AND a.seq IS NULL ORDER BY r.seq LIMIT 1`,
    );
    this.missingRecord = selectOne<[number, number], { seq: number }>(
      `SELECT a.seq FROM (${applied}) a LEFT JOIN records r ON r.ws = ? AND r.kind = a.kind AND r.key = a.key
       WHERE r.seq IS NULL ORDER BY a.seq LIMIT 1`,
    );
  }

  /** Oldest first; only the entries that this reader may see. */
  *record(reader: Reader, kind: string, key: string): Work<readonly JournalEntry[]> {
    return (yield* this.ofRecord(reader.ws, kind, key)).flatMap((row) => seenEntry(reader, row));
  }

  /** Ends at `limit` entries or 4 MiB, with at least one; `after` of the reply passes entries that this reader may not see. */
  *page(
    reader: Reader,
    incident: IncidentId | null,
    after: number,
    limit: number,
  ): Work<{ readonly entries: readonly JournalEntry[]; readonly after: number; readonly more: boolean }> {
    const entries: JournalEntry[] = [];
    let passed = after;
    let bytes = 0;
    for (;;) {
      const { rows, more } = yield* this.portion(reader.ws, incident, passed);
      for (const row of rows) {
        const seen = seenEntry(reader, row);
        const size = seen.length === 0 ? 0 : utf8Length(row.value ?? '');
        const isFull = entries.length >= limit || (entries.length > 0 && bytes + size > limits.pageBytes);
        if (seen.length > 0 && isFull) return { entries, after: passed, more: true };
        entries.push(...seen);
        bytes += size;
        passed = row.seq;
      }
      if (!more) return { entries, after: passed, more: false };
    }
  }

  /** The chain hash at `seq`; null where the journal does not reach that far. */
  *hashOf(workspace: WorkspaceRow, seq: number): Work<string | null> {
    if (seq === 0) return chainStart(workspace.first_epoch, nativeSha256);
    return (yield* this.hashAt(workspace.ws, seq))?.hash ?? null;
  }

  /**
   * Recomputes every entry: a flipped, deleted, reordered or truncated one is found and named. Then the records: each must be the
   * change of its name that was applied last.
   */
  *verify(workspace: WorkspaceRow): Work<Result<Head, BrokenChain>> {
    let hash = chainStart(workspace.first_epoch, nativeSha256);
    let seq = 0;
    for (let more = true; more;) {
      const portion = yield* this.portion(workspace.ws, null, seq);
      for (const row of portion.rows) {
        seq += 1;
        if (row.seq !== seq || !verifies(hash, row)) return err({ seq, change: row.seq === seq ? row.id : null });
        hash = row.hash;
      }
      more = portion.more;
    }
    if (seq !== workspace.seq || hash !== workspace.hash) return err({ seq: seq + 1, change: null });
    const wrong =
      (yield* this.strayRecord(workspace.ws, workspace.ws)) ?? (yield* this.missingRecord(workspace.ws, workspace.ws));
    return wrong === null ? ok({ seq, hash }) : err({ seq: wrong.seq, change: null });
  }

  /** The next entries; `more` where there may be others behind them. */
  *portion(
    ws: number,
    incident: IncidentId | null,
    after: number,
  ): Work<{ readonly rows: readonly ChangeRow[]; readonly more: boolean }> {
    const frames =
      incident === null
        ? yield* this.all(ws, after, portionRows)
        : yield* this.ofIncident(ws, incident, after, portionRows);
    const portion = portionOf(frames);
    const values = yield* this.values.of(ws, portion);
    return {
      rows: portion.map((frame) => ({ ...frame, value: values.get(frame.seq) ?? null })),
      more: portion.length < frames.length || frames.length === portionRows,
    };
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
