import type { ChangeId, Instant } from '../../src/domain/ids.ts';
import { utf8Length } from '../../src/domain/sync/hash.ts';
import { limits } from '../../src/domain/sync/limits.ts';
import type { RefusedChange } from '../../src/domain/sync/reconcile-facts.ts';
import { instant } from '../../src/domain/time.ts';
import type { QuarantinedChange, Session } from './journal.ts';
import type { Tip } from './ledger.ts';
import { select, selectOne, statement, type SqlValue, type Work } from './work.ts';

/** What each device may have in quarantine; beyond it only hash and size are kept. */
const quotaBytes = 4 * 1024 * 1024;

/**
 * How many rows a device may have of what uses up neither an id nor a counter and sets no time: of these it can send without end. The
 * newest stay; the protocol rests on all others.
 */
const mostWithoutUse = 10_000;

export type QuarantineContent = {
  /** SHA-256 in hex: how the change is recognised when it comes again. */
  readonly hash: string;
  readonly body: string;
  readonly kind: string | null;
  readonly key: string | null;
  readonly base: ChangeId | null;
};

type RefusedRow = Omit<QuarantinedChange, 'reason'> & {
  readonly code: string;
  readonly message: string;
  readonly at: Instant;
};

/** Keeps refused changes (protocol.md, `POST /api/sync`): up to 64 KiB a value, then hash and size; a quota per device. */
export class Quarantine {
  private readonly insert;
  private readonly known;
  private readonly used;
  private readonly setUsed;
  private readonly byId;
  private readonly remove;
  private readonly beyondMost;
  private readonly addDropped;
  private readonly countBySender;
  private readonly sentBy;

  constructor() {
    this.known = selectOne<[number, string], { entry: number }>(
      `SELECT entry FROM refused WHERE ws = ? AND content_hash = ?`,
    );
    this.insert = statement<readonly SqlValue[]>(
      `INSERT INTO refused (ws, id, device, n, person, sent_by, kind, key, base, stamp, code, message, owns_id, owns_n, at, content_hash, size, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (ws, content_hash) DO UPDATE SET code = excluded.code, message = excluded.message, at = excluded.at,
         stamp = coalesce(refused.stamp, excluded.stamp), person = coalesce(refused.person, excluded.person),
         owns_id = CASE excluded.owns_id WHEN 1 THEN 1 ELSE refused.owns_id END,
         owns_n = CASE excluded.owns_n WHEN 1 THEN 1 ELSE refused.owns_n END`,
    );
    this.used = selectOne<[string], { bytes: number }>(`SELECT quarantined_bytes AS bytes FROM devices WHERE id = ?`);
    this.setUsed = statement<[number, string]>(`UPDATE devices SET quarantined_bytes = ? WHERE id = ?`);
    this.byId = selectOne<[number, ChangeId], { entry: number; sent_by: string; bytes: number }>(
      `SELECT entry, sent_by, coalesce(octet_length(body), 0) AS bytes FROM refused WHERE ws = ? AND id = ? AND owns_id = 1`,
    );
    this.countBySender = select<[number], { sent_by: string; changes: number }>(
      `SELECT r.sent_by, count(*) + coalesce(max(d.quarantine_dropped), 0) AS changes
       FROM refused r LEFT JOIN devices d ON d.id = r.sent_by WHERE r.ws = ? GROUP BY r.sent_by`,
    );
    this.sentBy = select<[number, string, number], RefusedRow>(
      `SELECT id, device, kind, key, body, size, code, message, at FROM refused WHERE ws = ? AND sent_by = ?
       ORDER BY at DESC, entry DESC LIMIT ?`,
    );
    this.remove = statement<[number]>(`DELETE FROM refused WHERE entry = ?`);
    this.beyondMost = select<[number, string, number], { entry: number; bytes: number }>(
      `SELECT entry, coalesce(octet_length(body), 0) AS bytes FROM refused
       WHERE ws = ? AND sent_by = ? AND owns_id = 0 AND owns_n = 0 AND stamp IS NULL
       ORDER BY at DESC, entry DESC LIMIT 1000000 OFFSET ?`,
    );
    this.addDropped = statement<[number, string]>(
      `UPDATE devices SET quarantine_dropped = quarantine_dropped + ? WHERE id = ?`,
    );
  }

  *keep(tip: Tip, session: Session, refused: RefusedChange, content: QuarantineContent): Work<void> {
    const size = utf8Length(content.body);
    const isNew = (yield* this.known(tip.ws, content.hash)) === null;
    const used = yield* this.usedBy(session.device);
    const fits = isNew && size <= limits.valueBytes + 1024 && used + size <= quotaBytes;
    const { id, device, n, person, stamp, reason, ownsId, ownsN } = refused;
    yield* this.insert(
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
    if (fits) yield* this.setUsed(used + size, session.device);
  }

  /** A change that was refused before is accepted now. */
  *release(tip: Tip, id: ChangeId): Work<void> {
    const held = yield* this.byId(tip.ws, id);
    if (held === null) return;
    yield* this.remove(held.entry);
    yield* this.setUsed(Math.max(0, (yield* this.usedBy(held.sent_by)) - held.bytes), held.sent_by);
  }

  /** Drops the oldest of what is beyond the most, and counts it. Once for a push in which something without a use was refused. */
  *trim(ws: number, device: string): Work<void> {
    const beyond = yield* this.beyondMost(ws, device, mostWithoutUse);
    if (beyond.length === 0) return;
    for (const { entry } of beyond) yield* this.remove(entry);
    const bytes = beyond.reduce((sum, row) => sum + row.bytes, 0);
    if (bytes > 0) yield* this.setUsed(Math.max(0, (yield* this.usedBy(device)) - bytes), device);
    yield* this.addDropped(beyond.length, device);
  }

  /** How many each device brought of those that brought some. */
  *counts(ws: number): Work<ReadonlyMap<string, number>> {
    return new Map((yield* this.countBySender(ws)).map(({ sent_by: device, changes }) => [device, changes]));
  }

  /** What this device brought, the last refused first. */
  *of(ws: number, device: string, most: number): Work<readonly QuarantinedChange[]> {
    const rows = yield* this.sentBy(ws, device, most);
    return rows.map(({ code, message, ...row }) => ({ ...row, reason: { code, message } }));
  }

  private *usedBy(device: string): Work<number> {
    return (yield* this.used(device))?.bytes ?? 0;
  }
}
