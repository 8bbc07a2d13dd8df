import type { ChangeId } from '../../src/domain/ids.ts';
import { utf8Length } from '../../src/domain/sync/hash.ts';
import { limits } from '../../src/domain/sync/limits.ts';
import type { RefusedChange } from '../../src/domain/sync/reconcile-facts.ts';
import { instant } from '../../src/domain/time.ts';
import type { Session } from './journal.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import type { Tip } from './sqlite-ledger.ts';

/** What each device may have in quarantine; beyond it only hash and size are kept. */
const quotaBytes = 4 * 1024 * 1024;

export type QuarantineContent = {
  /** SHA-256 in hex: how the change is recognised when it comes again. */
  readonly hash: string;
  readonly body: string;
  readonly kind: string | null;
  readonly key: string | null;
  readonly base: ChangeId | null;
};

/** Keeps refused changes (protocol.md, `POST /api/sync`): up to 64 KiB a value, then hash and size; a quota per device. */
export class Quarantine {
  private readonly insert;
  private readonly known;
  private readonly used;
  private readonly addUsed;
  private readonly byId;
  private readonly remove;

  constructor(db: SqliteDatabase) {
    this.known = db.prepare<[number, string], { entry: number }>(
      `SELECT entry FROM refused WHERE ws = ? AND content_hash = ?`,
    );
    this.insert = db.prepare(
      `INSERT INTO refused (ws, id, device, n, person, sent_by, kind, key, base, stamp, code, message, owns_id, owns_n, at, content_hash, size, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (ws, content_hash) DO UPDATE SET code = excluded.code, message = excluded.message, at = excluded.at,
         stamp = coalesce(stamp, excluded.stamp), person = coalesce(person, excluded.person),
         owns_id = max(owns_id, excluded.owns_id), owns_n = max(owns_n, excluded.owns_n)`,
    );
    this.used = db.prepare<[string], number>(`SELECT quarantined_bytes FROM devices WHERE id = ?`).pluck();
    this.addUsed = db.prepare<[number, string]>(
      `UPDATE devices SET quarantined_bytes = max(0, quarantined_bytes + ?) WHERE id = ?`,
    );
    this.byId = db.prepare<[number, ChangeId], { entry: number; sent_by: string; bytes: number }>(
      `SELECT entry, sent_by, coalesce(octet_length(body), 0) AS bytes FROM refused WHERE ws = ? AND id = ? AND owns_id = 1`,
    );
    this.remove = db.prepare<[number]>(`DELETE FROM refused WHERE entry = ?`);
  }

  keep(tip: Tip, session: Session, refused: RefusedChange, content: QuarantineContent): void {
    const size = utf8Length(content.body);
    const isNew = this.known.get(tip.ws, content.hash) === undefined;
    const fits = isNew && size <= limits.valueBytes + 1024 && (this.used.get(session.device) ?? 0) + size <= quotaBytes;
    const { id, device, n, person, stamp, reason, ownsId, ownsN } = refused;
    this.insert.run(
      ...[
        tip.ws,
        id,
        device,
        n,
        person,
        session.device,
        content.kind,
        content.key,
        content.base,
        stamp,
        reason.code,
        reason.message,
      ],
      ...[ownsId ? 1 : 0, ownsN ? 1 : 0, instant(tip.now), content.hash, size, fits ? content.body : null],
    );
    if (fits) this.addUsed.run(size, session.device);
  }

  /** A change that was refused before is accepted now. */
  release(tip: Tip, id: ChangeId): void {
    const held = this.byId.get(tip.ws, id);
    if (held === undefined) return;
    this.remove.run(held.entry);
    this.addUsed.run(-held.bytes, held.sent_by);
  }
}
