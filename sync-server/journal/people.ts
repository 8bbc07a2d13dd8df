import type { Grant } from '../../src/domain/access/access.ts';
import { serverDevice, type DeviceId, type Instant, type PersonId } from '../../src/domain/ids.ts';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import type { EnrolReply } from '../../src/domain/sync/protocol.ts';
import { uuid7, uuid7Bytes } from '../../src/domain/sync/uuid7.ts';
import { instant, type Millis } from '../../src/domain/time.ts';
import type { Devices } from './devices.ts';
import { Invites } from './invites.ts';
import type { CodeHash, EnrolRequest, Invited, InviteRequest } from './journal.ts';
import type { Kept, Ledger, RandomBytes, Tip } from './ledger.ts';
import { parsed } from './rows.ts';
import { select, selectOne, statement, type Work } from './work.ts';

type CodeRow = {
  readonly ws: number;
  readonly hash: CodeHash;
  readonly kind: 'setup' | 'invite' | 'radio' | 'clone';
  readonly withdrawn_at: Instant | null;
  readonly person: PersonId | null;
  readonly expires_at: Millis;
  readonly burnt_by: DeviceId | null;
  readonly reply: string | null;
  readonly by_person: PersonId | null;
  readonly by_device: DeviceId | null;
};

type Member = {
  readonly ws: number;
  readonly person: PersonId;
  readonly revoked_at: string | null;
  readonly revoked_mode: string | null;
};
type Admitted = { readonly person: PersonId; readonly kept: readonly Kept[] };
type Enrolled = { readonly reply: EnrolReply; readonly kept: readonly Kept[] };

/** Codes, invites and enrolment: how people and devices come into a workspace. */
export class People {
  readonly invites: Invites;
  private readonly ledger: Ledger;
  private readonly devices: Devices;
  private readonly random: RandomBytes;
  private readonly grantsOfDevices;
  private readonly dropSetupCodes;
  private readonly insertSetupCode;
  private readonly insertDevice;
  private readonly burnCode;
  private readonly valueOf;
  private readonly codeOf;
  private readonly memberOf;
  private readonly dropOpenCodes;

  constructor(ledger: Ledger, devices: Devices, random: RandomBytes) {
    this.ledger = ledger;
    this.devices = devices;
    this.random = random;
    this.invites = new Invites(random);
    this.grantsOfDevices = select<[number], { value: string | null }>(
      `SELECT c.value FROM devices d
       JOIN records r ON r.ws = d.ws AND r.kind = 'grant' AND r.key = d.person
       JOIN changes c ON c.ws = r.ws AND c.seq = r.seq
       WHERE d.ws = ? AND d.revoked_at IS NULL`,
    );
    this.dropSetupCodes = statement<[number]>(`DELETE FROM codes WHERE ws = ? AND kind = 'setup' AND burnt_by IS NULL`);
    this.insertSetupCode = statement<[CodeHash, number, Millis]>(
      `INSERT INTO codes (hash, ws, kind, expires_at) VALUES (?, ?, 'setup', ?)`,
    );
    this.insertDevice = statement<
      [DeviceId, number, PersonId, string, string, string, number, Instant, Instant, DeviceId | null]
    >(
      `INSERT INTO devices (id, ws, person, name, key_x, key_y, weak_key, enrolled_at, last_seen_at, cloned_from)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.burnCode = statement<[CodeHash, number, PersonId, Millis, DeviceId, string, Instant]>(
      `INSERT INTO codes (hash, ws, kind, person, expires_at, burnt_by, reply, used_at) VALUES (?, ?, 'clone', ?, ?, ?, ?, ?)
       ON CONFLICT (hash) DO UPDATE SET burnt_by = excluded.burnt_by, reply = excluded.reply, used_at = excluded.used_at`,
    );
    this.valueOf = selectOne<[number, string, string], { value: string | null }>(
      `SELECT c.value FROM records r JOIN changes c ON c.ws = r.ws AND c.seq = r.seq WHERE r.ws = ? AND r.kind = ? AND r.key = ?`,
    );
    this.codeOf = selectOne<[CodeHash], CodeRow>(
      `SELECT hash, ws, kind, person, expires_at, burnt_by, reply, by_person, by_device, withdrawn_at FROM codes WHERE hash = ?`,
    );
    this.memberOf = selectOne<[DeviceId], Member>(
      `SELECT ws, person, revoked_at, revoked_mode FROM devices WHERE id = ?`,
    );
    this.dropOpenCodes = statement<[]>(`DELETE FROM codes WHERE burnt_by IS NULL`);
  }

  *hasCoordinator(ws: number): Work<boolean> {
    const grants = yield* this.grantsOfDevices(ws);
    return grants.some(({ value }) => (parsed(value) as Grant | null)?.access === 'coordinator');
  }

  *keepSetupCode(ws: number, code: CodeHash, expiresAt: Millis): Work<boolean> {
    yield* this.dropSetupCodes(ws);
    if ((yield* this.codeOf(code)) !== null) return false;
    yield* this.insertSetupCode(code, ws, expiresAt);
    return true;
  }

  /** After a backup was restored: whoever holds a code of before asks for a new one. */
  *voidOpenCodes(): Work<void> {
    yield* this.dropOpenCodes();
  }

  /** Null where the person is named by an id that nobody has, or an invite that there is not. */
  *invite(tip: Tip, request: InviteRequest): Work<(Invited & { readonly kept: readonly Kept[] }) | null> {
    const before = yield* this.invites.personBefore(tip.ws, request);
    if (before === 'not-found') return null;
    const earlier = before !== null && (yield* this.isAbout(tip.ws, request.person, before)) ? before : null;
    const named = earlier ?? ('id' in request.person ? request.person.id : null);
    const person = named ?? this.newPerson(tip.now);
    if (named !== null && !(yield* this.isNamed(tip.ws, person))) return null;
    const held = earlier === null ? null : yield* this.grant(tip.ws, person);
    // all rights were taken away since: sending a code again gives none back
    if (request.replaces != null && earlier !== null && held === null) return null;
    yield* this.invites.withdrawBefore(tip.ws, request, instant(tip.now));
    const kept: Kept[] = [];
    if (named === null && 'name' in request.person)
      kept.push(yield* this.writePerson(tip, person, request.person.name));
    // a code that is sent again is for the rights of today: what was taken away since does not come back with it
    const grant = (request.replaces == null ? null : held) ?? { access: request.access, roles: request.roles };
    if (held === null || !isSameGrant(held, grant)) kept.push(yield* this.writeGrant(tip, person, grant));
    return {
      person,
      ...{ access: grant.access, roles: grant.roles },
      id: yield* this.invites.add(tip, person, request),
      kept,
    };
  }

  /** Which workspace a code or a clone's earlier device leads to; null where it leads nowhere. */
  *workspaceOf(request: EnrolRequest): Work<number | null> {
    if (request.previous !== null) return (yield* this.member(request.previous))?.ws ?? null;
    return (yield* this.codeFor(request))?.ws ?? null;
  }

  /** Unknown, wrong, burnt and expired look alike (protocol.md, `POST /api/enrol`). */
  *enrol(tip: Tip, request: EnrolRequest): Work<Result<Enrolled, 'code-refused'>> {
    const code = yield* this.codeFor(request);
    const known = yield* this.member(request.device);
    if (known !== null && (known.revoked_at !== null || known.ws !== tip.ws)) return err('code-refused');
    if (code !== null && code.burnt_by !== null) {
      if (code.burnt_by !== request.device || known === null || code.reply === null) return err('code-refused');
      return ok({ reply: JSON.parse(code.reply) as EnrolReply, kept: [] });
    }
    const admitted =
      request.previous === null ? yield* this.byCode(tip, request, code) : yield* this.byClone(tip, request.previous);
    if (admitted === null) return err('code-refused');
    if (known !== null && known.person !== admitted.person) return err('code-refused');
    if (known === null) yield* this.addDevice(tip, request, admitted.person);
    // a code is a coordinator's word, as approving is; a clone has nobody's but its own
    else if (request.previous === null) yield* this.devices.approve(tip.ws, request.device, instant(tip.now));
    const reply = yield* this.replyFor(tip, request.device, admitted.person);
    if (reply === null) return err('code-refused');
    yield* this.burn(tip, request, code?.hash ?? request.code, reply);
    return ok({ reply, kept: admitted.kept });
  }

  private *byCode(tip: Tip, request: EnrolRequest, code: CodeRow | null): Work<Admitted | null> {
    if (code === null || code.ws !== tip.ws || code.expires_at <= tip.now || code.withdrawn_at !== null) return null;
    if (code.kind !== 'setup')
      return code.person !== null && (yield* this.stillInvites(tip, code)) ? { person: code.person, kept: [] } : null;
    if (yield* this.hasCoordinator(tip.ws)) return null;
    const known = yield* this.member(request.device);
    const named = request.person !== null && 'id' in request.person ? request.person.id : null;
    const person = known?.person ?? named ?? this.newPerson(tip.now);
    const kept: Kept[] = [];
    if (request.person !== null && 'name' in request.person)
      kept.push(yield* this.writePerson(tip, person, request.person.name));
    const roles = (yield* this.grant(tip.ws, person))?.roles ?? [];
    kept.push(yield* this.writeGrant(tip, person, { access: 'coordinator', roles }));
    return { person, kept };
  }

  /** What was asked for on a phone that was lost since, or by somebody who may not invite any more, lets nobody in. */
  private *stillInvites(tip: Tip, code: CodeRow): Work<boolean> {
    if (code.by_device !== null && (yield* this.member(code.by_device))?.revoked_mode === 'lost') return false;
    return code.by_person === null || (yield* this.grant(tip.ws, code.by_person))?.access === 'coordinator';
  }

  private *byClone(tip: Tip, previous: DeviceId): Work<Admitted | null> {
    const old = yield* this.member(previous);
    return old === null || old.revoked_at !== null || old.ws !== tip.ws ? null : { person: old.person, kept: [] };
  }

  private *addDevice(tip: Tip, request: EnrolRequest, person: PersonId): Work<void> {
    const { device, name, publicKey, weakKey, previous } = request;
    const at = instant(tip.now);
    const { x, y } = publicKey;
    yield* this.insertDevice(device, tip.ws, person, name, x, y, weakKey ? 1 : 0, at, at, previous);
  }

  private *burn(tip: Tip, { device }: EnrolRequest, code: CodeHash, reply: EnrolReply): Work<void> {
    const { person } = reply;
    yield* this.burnCode(code, tip.ws, person, tip.now, device, JSON.stringify(reply), instant(tip.now));
  }

  private *codeFor({ code, radio }: EnrolRequest): Work<CodeRow | null> {
    const found = yield* this.codeOf(code);
    return found === null && radio != null ? yield* this.codeOf(radio) : found;
  }

  private *replyFor(tip: Tip, device: DeviceId, person: PersonId): Work<EnrolReply | null> {
    const grant = yield* this.grant(tip.ws, person);
    if (grant === null) return null;
    return { device, person, workspace: { id: tip.id, name: tip.name }, access: grant.access, roles: grant.roles };
  }

  private writePerson(tip: Tip, person: PersonId, name: string): Work<Kept> {
    return this.ledger.appendOwn(tip, { kind: 'person', key: person, value: { name, contacts: [] } });
  }

  private writeGrant(tip: Tip, person: PersonId, grant: Grant): Work<Kept> {
    return this.ledger.appendOwn(tip, {
      kind: 'grant',
      key: person,
      value: { access: grant.access, roles: grant.roles },
    });
  }

  private newPerson(now: Millis): PersonId {
    return uuid7(now, this.random(uuid7Bytes)) as string as PersonId;
  }

  private *isNamed(ws: number, person: PersonId): Work<boolean> {
    return (yield* this.value(ws, 'person', person)) !== null || (yield* this.value(ws, 'grant', person)) !== null;
  }

  /** Whether a wish names this person; another one is not let in under this one's name, nor given its rights. */
  private *isAbout(ws: number, wished: InviteRequest['person'], person: PersonId): Work<boolean> {
    if ('id' in wished) return wished.id === person;
    const known = (yield* this.value(ws, 'person', person)) as { readonly name?: Json } | null;
    return known?.name === wished.name;
  }

  private *grant(ws: number, person: PersonId): Work<Grant | null> {
    return (yield* this.value(ws, 'grant', person)) as (Grant & JsonObject) | null;
  }

  private *value(ws: number, kind: string, key: string): Work<Json> {
    return parsed((yield* this.valueOf(ws, kind, key))?.value ?? null);
  }

  private *member(device: DeviceId): Work<Member | null> {
    return device === serverDevice ? null : yield* this.memberOf(device);
  }
}

function isSameGrant(a: Grant, b: Grant): boolean {
  return a.access === b.access && a.roles.join() === b.roles.join();
}
