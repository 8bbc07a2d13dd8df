import type { DeviceId, Instant, PersonId, WorkspaceId } from '../../src/domain/ids.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import { instant, type Millis } from '../../src/domain/time.ts';
import type { EnrolledDevice } from './journal.ts';
import type { Revocation, RevocationsFile } from './revocations-file.ts';
import { deviceFrom, type DeviceRow } from './rows.ts';
import { select, selectOne, statement, type Work } from './work.ts';

/** Enrolled devices and their revocation. */
export class Devices {
  private readonly revocations: RevocationsFile | null;
  private readonly byId;
  private readonly ofWorkspace;
  private readonly revokedOnes;
  private readonly personChange;
  private readonly setSeen;
  private readonly setRevoked;
  private readonly setApproved;
  private readonly dropPush;
  private readonly clonesOf;
  private readonly workspaceNumber;
  private readonly insertKnown;

  constructor(revocations: RevocationsFile | null) {
    this.revocations = revocations;
    const columns = `SELECT d.*, w.id AS workspace FROM devices d JOIN workspaces w ON w.ws = d.ws`;
    this.byId = selectOne<[DeviceId], DeviceRow>(`${columns} WHERE d.id = ?`);
    this.ofWorkspace = select<[number], DeviceRow>(`${columns} WHERE d.ws = ? ORDER BY d.enrolled_at, d.id`);
    this.revokedOnes = select<[], DeviceRow>(`${columns} WHERE d.revoked_at IS NOT NULL ORDER BY d.revoked_at`);
    this.personChange = selectOne<[number, PersonId], object>(
      `SELECT seq FROM changes WHERE ws = ? AND kind = 'person' AND key = ? LIMIT 1`,
    );
    this.setSeen = statement<[Instant, DeviceId]>(`UPDATE devices SET last_seen_at = ? WHERE id = ?`);
    // The first time stands; a leaver whose phone is then lost is lost.
    this.setRevoked = statement<[Instant, 'lost' | 'leaver', DeviceId]>(
      `UPDATE devices SET revoked_at = coalesce(revoked_at, ?),
         revoked_mode = CASE revoked_mode WHEN 'lost' THEN 'lost' ELSE ? END WHERE id = ?`,
    );
    this.setApproved = statement<[Instant, DeviceId]>(`UPDATE devices SET approved_at = ? WHERE id = ?`);
    this.dropPush = statement<[DeviceId]>(`DELETE FROM push_subscriptions WHERE device = ?`);
    this.clonesOf = select<[number, DeviceId], { id: DeviceId }>(
      `SELECT id FROM devices WHERE ws = ? AND cloned_from = ?`,
    );
    this.workspaceNumber = selectOne<[WorkspaceId], { ws: number }>(`SELECT ws FROM workspaces WHERE id = ?`);
    this.insertKnown = statement<[DeviceId, number, PersonId, string, string, string, number, Instant]>(
      `INSERT INTO devices (id, ws, person, name, key_x, key_y, weak_key, enrolled_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO NOTHING`,
    );
  }

  *find(id: DeviceId): Work<EnrolledDevice | null> {
    const row = yield* this.byId(id);
    return row === null ? null : deviceFrom(row);
  }

  *in(ws: number, id: DeviceId): Work<EnrolledDevice | null> {
    const row = yield* this.byId(id);
    return row === null || row.ws !== ws ? null : deviceFrom(row);
  }

  *of(ws: number): Work<readonly EnrolledDevice[]> {
    return (yield* this.ofWorkspace(ws)).map(deviceFrom);
  }

  *hasPerson(ws: number, person: PersonId): Work<boolean> {
    return (yield* this.personChange(ws, person)) !== null;
  }

  /** Whether it was last noted as seen before `since`. */
  *isOverdue(id: DeviceId, since: Millis): Work<boolean> {
    const seen = (yield* this.byId(id))?.last_seen_at ?? null;
    return seen === null || seen < instant(since);
  }

  *touch(id: DeviceId, at: Instant): Work<void> {
    yield* this.setSeen(at, id);
  }

  *approve(ws: number, id: DeviceId, at: Instant): Work<Result<void, 'not-found'>> {
    const row = yield* this.byId(id);
    if (row === null || row.ws !== ws || row.revoked_at !== null) return err('not-found');
    yield* this.setApproved(at, id);
    return ok(undefined);
  }

  /**
   * The devices that it revokes. Whoever found a lost phone can have given its identity to others: these leave, since one of them
   * may also be the phone that its owner moved to, whose unsent work must not be wiped.
   * Kept outside the backup first: should the database's part fail, opening it again brings it back.
   */
  *revoke(
    ws: number,
    id: DeviceId,
    mode: 'lost' | 'leaver',
    at: Instant,
  ): Work<Result<readonly DeviceId[], 'not-found'>> {
    const row = yield* this.byId(id);
    if (row === null || row.ws !== ws) return err('not-found');
    const revoked = [id];
    if (row.revoked_mode !== 'lost' && row.revoked_mode !== mode) {
      this.revocations?.add(revocationOf(deviceFrom(row), mode, row.revoked_at ?? at));
      yield* this.setRevoked(at, mode, id);
    }
    yield* this.dropPush(id);
    if (mode === 'lost') {
      for (const clone of yield* this.descendants(ws, id)) {
        const further = yield* this.revoke(ws, clone, 'leaver', at);
        if (further.ok) revoked.push(...further.value);
      }
    }
    return ok(revoked);
  }

  private *descendants(ws: number, id: DeviceId): Work<readonly DeviceId[]> {
    const found = [id];
    for (const each of found) found.push(...(yield* this.clonesOf(ws, each)).map((clone) => clone.id));
    return found.slice(1);
  }

  /**
   * Makes database and file agree: a restored backup may be older than the file, and on another node a device may have been revoked
   * that the file of this one lacks.
   */
  *alignRevocations(): Work<void> {
    if (this.revocations === null) return;
    const filed = this.revocations.read();
    const revoked = yield* this.revokedOnes();
    const inDatabase = new Map(revoked.map(({ id, revoked_mode: mode }) => [id, mode]));
    const inFile = new Set(filed.map(({ id, mode }) => `${id} ${mode}`));
    for (const revocation of filed) {
      const mode = inDatabase.get(revocation.id);
      if (mode !== 'lost' && mode !== revocation.mode) yield* this.reapply(revocation);
    }
    for (const device of revoked.map(deviceFrom)) {
      if (device.revoked === null || inFile.has(`${device.id} ${device.revoked.mode}`)) continue;
      this.revocations.add(revocationOf(device, device.revoked.mode, device.revoked.at));
    }
  }

  private *reapply({ id, workspace, person, name, publicKey, weakKey, enrolledAt, mode, at }: Revocation): Work<void> {
    const known = yield* this.workspaceNumber(workspace);
    if (known === null) return;
    yield* this.insertKnown(id, known.ws, person, name, publicKey.x, publicKey.y, weakKey ? 1 : 0, enrolledAt);
    yield* this.setRevoked(at, mode, id);
  }
}

function revocationOf(device: EnrolledDevice, mode: 'lost' | 'leaver', at: Instant): Revocation {
  const { lastSeenAt: _seen, approvedAt: _approved, revoked: _revoked, ...known } = device;
  return { ...known, mode, at };
}
