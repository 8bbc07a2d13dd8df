import type { Grant } from '../../src/domain/access/access.ts';
import { serverDevice, type ChangeId, type DeviceId, type PersonId } from '../../src/domain/ids.ts';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import type { EnrolReply } from '../../src/domain/sync/protocol.ts';
import { uuid7, uuid7Bytes } from '../../src/domain/sync/uuid7.ts';
import { instant, type Millis } from '../../src/domain/time.ts';
import type { CodeHash, EnrolRequest, InviteRequest } from './journal.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import type { Kept, Ledger, RandomBytes, Tip } from './sqlite-ledger.ts';
import { parsed } from './sqlite-rows.ts';

type CodeRow = {
  readonly ws: number;
  readonly kind: 'setup' | 'invite' | 'clone';
  readonly person: PersonId | null;
  readonly expires_at: Millis;
  readonly burnt_by: DeviceId | null;
  readonly reply: string | null;
};

type Member = { readonly ws: number; readonly person: PersonId; readonly revoked_at: string | null };
type Enrolled = { readonly reply: EnrolReply; readonly kept: readonly Kept[] };

/** Codes, invites and enrolment: how people and devices come into a workspace. */
export class People {
  private readonly db: SqliteDatabase;
  private readonly ledger: Ledger;
  private readonly random: RandomBytes;

  constructor(db: SqliteDatabase, ledger: Ledger, random: RandomBytes) {
    this.db = db;
    this.ledger = ledger;
    this.random = random;
  }

  hasCoordinator(ws: number): boolean {
    const devices = this.db
      .prepare<[number], string | null>(
        `SELECT c.value FROM devices d
         JOIN records r ON r.ws = d.ws AND r.kind = 'grant' AND r.key = d.person
         JOIN changes c ON c.ws = r.ws AND c.seq = r.seq
         WHERE d.ws = ? AND d.revoked_at IS NULL`,
      )
      .pluck()
      .all(ws);
    return devices.some((value) => (parsed(value) as Grant | null)?.access === 'coordinator');
  }

  keepSetupCode(ws: number, code: CodeHash, expiresAt: Millis): void {
    this.db.prepare(`DELETE FROM codes WHERE ws = ? AND kind = 'setup' AND burnt_by IS NULL`).run(ws);
    this.db
      .prepare(
        `INSERT INTO codes (hash, ws, kind, expires_at) VALUES (?, ?, 'setup', ?)
         ON CONFLICT (hash) DO UPDATE SET expires_at = excluded.expires_at, burnt_by = NULL, reply = NULL
         WHERE kind = 'setup' AND ws = excluded.ws`,
      )
      .run(code, ws, expiresAt);
  }

  /** Null where the person is named by an id that nobody has. */
  invite(tip: Tip, request: InviteRequest): { readonly person: PersonId; readonly kept: readonly Kept[] } | null {
    const isKnown = 'id' in request.person;
    const person = 'id' in request.person ? request.person.id : this.newPerson(tip.now);
    if (isKnown && this.value(tip.ws, 'person', person) === null && this.value(tip.ws, 'grant', person) === null)
      return null;
    const kept: Kept[] = [];
    if ('name' in request.person) kept.push(this.writePerson(tip, person, request.person.name));
    kept.push(this.writeGrant(tip, person, { access: request.access, roles: request.roles }));
    this.db
      .prepare(`INSERT INTO codes (hash, ws, kind, person, expires_at) VALUES (?, ?, 'invite', ?, ?)`)
      .run(request.code, tip.ws, person, request.expiresAt);
    return { person, kept };
  }

  /** Which workspace a code or a clone's earlier device leads to; null where it leads nowhere. */
  workspaceOf(request: EnrolRequest): number | null {
    if (request.previous !== null) return this.member(request.previous)?.ws ?? null;
    return this.code(request.code)?.ws ?? null;
  }

  /** Unknown, wrong, burnt and expired look alike (protocol.md, `POST /api/enrol`). */
  enrol(tip: Tip, request: EnrolRequest): Result<Enrolled, 'code-refused'> {
    const code = this.code(request.code);
    const known = this.member(request.device);
    if (known !== null && (known.revoked_at !== null || known.ws !== tip.ws)) return err('code-refused');
    if (code !== null && code.burnt_by !== null) {
      if (code.burnt_by !== request.device || known === null || code.reply === null) return err('code-refused');
      return ok({ reply: JSON.parse(code.reply) as EnrolReply, kept: [] });
    }
    const admitted = request.previous === null ? this.byCode(tip, request, code) : this.byClone(tip, request.previous);
    if (admitted === null) return err('code-refused');
    if (known !== null && known.person !== admitted.person) return err('code-refused');
    if (known === null) this.addDevice(tip, request, admitted.person);
    const reply = this.replyFor(tip, request.device, admitted.person);
    if (reply === null) return err('code-refused');
    this.burn(tip, request, reply);
    return ok({ reply, kept: admitted.kept });
  }

  private byCode(
    tip: Tip,
    request: EnrolRequest,
    code: CodeRow | null,
  ): { readonly person: PersonId; readonly kept: readonly Kept[] } | null {
    if (code === null || code.ws !== tip.ws || code.expires_at <= tip.now) return null;
    if (code.kind === 'invite') return code.person === null ? null : { person: code.person, kept: [] };
    if (this.hasCoordinator(tip.ws)) return null;
    const known = this.member(request.device);
    const named = request.person !== null && 'id' in request.person ? request.person.id : null;
    const person = known?.person ?? named ?? this.newPerson(tip.now);
    const kept: Kept[] = [];
    if (request.person !== null && 'name' in request.person)
      kept.push(this.writePerson(tip, person, request.person.name));
    kept.push(this.writeGrant(tip, person, { access: 'coordinator', roles: this.grant(tip.ws, person)?.roles ?? [] }));
    return { person, kept };
  }

  private byClone(tip: Tip, previous: DeviceId): { readonly person: PersonId; readonly kept: readonly Kept[] } | null {
    const old = this.member(previous);
    return old === null || old.revoked_at !== null || old.ws !== tip.ws ? null : { person: old.person, kept: [] };
  }

  private addDevice(tip: Tip, request: EnrolRequest, person: PersonId): void {
    this.db
      .prepare(
        `INSERT INTO devices (id, ws, person, name, key_x, key_y, weak_key, enrolled_at, last_seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        ...[request.device, tip.ws, person, request.name, request.publicKey.x, request.publicKey.y],
        ...[request.weakKey ? 1 : 0, instant(tip.now), instant(tip.now)],
      );
  }

  private burn(tip: Tip, request: EnrolRequest, reply: EnrolReply): void {
    const kind = request.previous === null ? 'invite' : 'clone';
    this.db
      .prepare(
        `INSERT INTO codes (hash, ws, kind, person, expires_at, burnt_by, reply) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (hash) DO UPDATE SET burnt_by = excluded.burnt_by, reply = excluded.reply`,
      )
      .run(request.code, tip.ws, kind, reply.person, tip.now, request.device, JSON.stringify(reply));
  }

  private replyFor(tip: Tip, device: DeviceId, person: PersonId): EnrolReply | null {
    const grant = this.grant(tip.ws, person);
    if (grant === null) return null;
    return { device, person, workspace: { id: tip.id, name: tip.name }, access: grant.access, roles: grant.roles };
  }

  private writePerson(tip: Tip, person: PersonId, name: string): Kept {
    return this.ledger.appendOwn(tip, { kind: 'person', key: person, value: { name, contacts: [] } });
  }

  private writeGrant(tip: Tip, person: PersonId, grant: Grant): Kept {
    return this.ledger.appendOwn(tip, {
      kind: 'grant',
      key: person,
      value: { access: grant.access, roles: grant.roles },
    });
  }

  private newPerson(now: Millis): PersonId {
    return uuid7(now, this.random(uuid7Bytes)) as string as PersonId;
  }

  private grant(ws: number, person: PersonId): Grant | null {
    return this.value(ws, 'grant', person) as (Grant & JsonObject) | null;
  }

  private value(ws: number, kind: string, key: string): Json {
    const text = this.db
      .prepare<[number, string, string], string | null>(
        `SELECT c.value FROM records r JOIN changes c ON c.ws = r.ws AND c.seq = r.seq WHERE r.ws = ? AND r.kind = ? AND r.key = ?`,
      )
      .pluck()
      .get(ws, kind, key);
    return parsed(text ?? null);
  }

  private code(hash: CodeHash): CodeRow | null {
    return (
      this.db
        .prepare<[CodeHash], CodeRow>(`SELECT ws, kind, person, expires_at, burnt_by, reply FROM codes WHERE hash = ?`)
        .get(hash) ?? null
    );
  }

  private member(device: DeviceId): Member | null {
    if (device === serverDevice) return null;
    return (
      this.db.prepare<[DeviceId], Member>(`SELECT ws, person, revoked_at FROM devices WHERE id = ?`).get(device) ?? null
    );
  }
}

/** Erases what is personal of somebody (protocol.md, `DELETE /api/people/:person`): values and salts; the chain keeps its digests. */
export function erasePersonal(db: SqliteDatabase, ledger: Ledger, tip: Tip, person: PersonId): readonly Kept[] {
  const keysOf = (kind: string, keys: readonly string[]) =>
    db
      .prepare<[number, string, string], ChangeId>(
        `SELECT id FROM changes WHERE ws = ? AND kind = ? AND key IN (SELECT value FROM json_each(?))`,
      )
      .pluck()
      .all(tip.ws, kind, JSON.stringify(keys));
  const erase = (kind: string, keys: readonly string[]) => {
    const listed = JSON.stringify(keys);
    db.prepare(
      `UPDATE changes SET value = NULL, salt = '' WHERE ws = ? AND kind = ? AND key IN (SELECT value FROM json_each(?))`,
    ).run(tip.ws, kind, listed);
    db.prepare(
      `UPDATE refused SET body = NULL WHERE ws = ? AND kind = ? AND key IN (SELECT value FROM json_each(?))`,
    ).run(tip.ws, kind, listed);
  };
  const standing = (keys: readonly string[]) =>
    db
      .prepare<[number, string], { key: string; about: PersonId | null }>(
        `SELECT r.key, c.about FROM records r JOIN changes c ON c.ws = r.ws AND c.seq = r.seq
         WHERE r.ws = ? AND r.kind = 'conflict' AND r.key IN (SELECT value FROM json_each(?))`,
      )
      .all(tip.ws, JSON.stringify(keys));
  // What could not be read has no kind and key of its own; erasing too much of it harms nobody.
  db.prepare(`UPDATE refused SET body = NULL WHERE ws = ? AND kind IS NULL AND instr(body, ?) > 0`).run(
    tip.ws,
    JSON.stringify(person),
  );
  const kept: Kept[] = [];
  let overruled: readonly string[] = keysOf('person', [person]);
  erase('person', [person]);
  kept.push(ledger.appendOwn(tip, { kind: 'person', key: person, value: null }));
  // A conflict about a conflict carries the same values once more.
  while (overruled.length > 0) {
    const conflicts = standing(overruled);
    const next = keysOf('conflict', overruled);
    erase('conflict', overruled);
    for (const { key, about } of conflicts)
      kept.push(ledger.appendOwn(tip, { kind: 'conflict', key, value: null, incident: null, about }));
    overruled = next;
  }
  return kept;
}
