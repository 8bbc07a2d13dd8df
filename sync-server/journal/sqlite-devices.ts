import type { DeviceId, Instant, PersonId } from '../../src/domain/ids.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import { instant, type Millis } from '../../src/domain/time.ts';
import type { EnrolledDevice } from './journal.ts';
import type { Revocation, RevocationsFile } from './revocations-file.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { deviceFrom, type DeviceRow } from './sqlite-rows.ts';

/** Enrolled devices and their revocation. */
export class Devices {
  private readonly db: SqliteDatabase;
  private readonly revocations: RevocationsFile | null;
  private readonly byId;
  private readonly setSeen;
  private readonly setRevoked;

  constructor(db: SqliteDatabase, revocations: RevocationsFile | null) {
    this.db = db;
    this.revocations = revocations;
    const columns = `SELECT d.*, w.id AS workspace FROM devices d JOIN workspaces w ON w.ws = d.ws`;
    this.byId = db.prepare<[DeviceId], DeviceRow>(`${columns} WHERE d.id = ?`);
    this.setSeen = db.prepare<[Instant, DeviceId]>(`UPDATE devices SET last_seen_at = ? WHERE id = ?`);
    // The first time stands; a leaver whose phone is then lost is lost.
    this.setRevoked = db.prepare<[Instant, 'lost' | 'leaver', DeviceId]>(
      `UPDATE devices SET revoked_at = coalesce(revoked_at, ?),
         revoked_mode = CASE revoked_mode WHEN 'lost' THEN 'lost' ELSE ? END WHERE id = ?`,
    );
    // A restored backup may be older than these.
    for (const revocation of revocations?.read() ?? []) this.reapply(revocation);
  }

  find(id: DeviceId): EnrolledDevice | null {
    const row = this.byId.get(id);
    return row === undefined ? null : deviceFrom(row);
  }

  of(ws: number): readonly EnrolledDevice[] {
    return this.db
      .prepare<[number], DeviceRow>(
        `SELECT d.*, w.id AS workspace FROM devices d JOIN workspaces w ON w.ws = d.ws WHERE d.ws = ? ORDER BY d.enrolled_at, d.id`,
      )
      .all(ws)
      .map(deviceFrom);
  }

  hasPerson(ws: number, person: PersonId): boolean {
    return (
      this.db.prepare(`SELECT 1 FROM changes WHERE ws = ? AND kind = 'person' AND key = ? LIMIT 1`).get(ws, person) !==
      undefined
    );
  }

  /** Whether it was last noted as seen before `since`. */
  isOverdue(id: DeviceId, since: Millis): boolean {
    const seen = this.byId.get(id)?.last_seen_at ?? null;
    return seen === null || seen < instant(since);
  }

  touch(id: DeviceId, at: Instant): void {
    this.setSeen.run(at, id);
  }

  /** Kept outside the backup first: should the database's part fail, opening it again brings it back. */
  revoke(ws: number, id: DeviceId, mode: 'lost' | 'leaver', at: Instant): Result<void, 'not-found'> {
    const row = this.byId.get(id);
    if (row === undefined || row.ws !== ws) return err('not-found');
    if (row.revoked_mode === 'lost' || row.revoked_mode === mode) return ok(undefined);
    const { lastSeenAt: _seen, revoked: _revoked, ...device } = deviceFrom(row);
    this.revocations?.add({ ...device, mode, at: row.revoked_at ?? at });
    this.setRevoked.run(at, mode, id);
    return ok(undefined);
  }

  private reapply({ id, workspace, person, name, publicKey, weakKey, enrolledAt, mode, at }: Revocation): void {
    this.db
      .prepare(
        `INSERT INTO devices (id, ws, person, name, key_x, key_y, weak_key, enrolled_at)
         SELECT ?, ws, ?, ?, ?, ?, ?, ? FROM workspaces WHERE id = ? ON CONFLICT (id) DO NOTHING`,
      )
      .run(id, person, name, publicKey.x, publicKey.y, weakKey ? 1 : 0, enrolledAt, workspace);
    this.setRevoked.run(at, mode, id);
  }
}
