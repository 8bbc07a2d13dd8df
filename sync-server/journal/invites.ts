import type { Grant } from '../../src/domain/access/access.ts';
import type { DeviceId, Instant, PersonId } from '../../src/domain/ids.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import { uuid7, uuid7Bytes } from '../../src/domain/sync/uuid7.ts';
import { instant, type Millis } from '../../src/domain/time.ts';
import { radioName } from './failed-codes.ts';
import type { CodeHash, InviteId, InviteRequest, InviteState, KnownInvite } from './journal.ts';
import type { RandomBytes, Tip } from './ledger.ts';
import { parsed } from './rows.ts';
import { select, selectOne, statement, type Work } from './work.ts';

type InviteRow = {
  readonly id: InviteId;
  readonly kind: 'invite' | 'radio';
  readonly person: PersonId;
  readonly find: string | null;
  readonly expires_at: Millis;
  readonly burnt_by: DeviceId | null;
  readonly by_person: PersonId | null;
  readonly made_at: Instant | null;
  readonly used_at: Instant | null;
  readonly withdrawn_at: Instant | null;
  readonly maker_mode: 'lost' | 'leaver' | null;
  readonly granted: string | null;
};

/** More than a coordinator looks through; older ones have ended long ago. */
const mostListed = 1000;

/** What is kept of invites beside their secrets: how coordinators see them, replace them and take them back. */
export class Invites {
  private readonly random: RandomBytes;
  private readonly insert;
  private readonly listed;
  private readonly byId;
  private readonly byRequest;
  private readonly setWithdrawn;
  private readonly setRequestWithdrawn;
  private readonly setPersonWithdrawn;
  private readonly grantOf;
  private readonly triesOf;

  constructor(random: RandomBytes) {
    this.random = random;
    this.insert = statement<
      [CodeHash, number, string, PersonId, Millis, PersonId, DeviceId, InviteId, string | null, string | null, Instant]
    >(
      `INSERT INTO codes (hash, ws, kind, person, expires_at, by_person, by_device, id, request, find, made_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.listed = select<[number, number], InviteRow>(
      `SELECT c.id, c.kind, c.person, c.find, c.expires_at, c.burnt_by, c.by_person, c.made_at, c.used_at, c.withdrawn_at,
         d.revoked_mode AS maker_mode, g.value AS granted
       FROM codes c LEFT JOIN devices d ON d.id = c.by_device
         LEFT JOIN records r ON r.ws = c.ws AND r.kind = 'grant' AND r.key = c.person
         LEFT JOIN changes g ON g.ws = r.ws AND g.seq = r.seq
       WHERE c.ws = ? AND c.kind IN ('invite', 'radio') AND c.id IS NOT NULL
       ORDER BY coalesce(c.made_at, '') DESC, c.id LIMIT ?`,
    );
    this.byId = selectOne<[number, InviteId], { person: PersonId; burnt_by: DeviceId | null }>(
      `SELECT person, burnt_by FROM codes WHERE ws = ? AND id = ?`,
    );
    this.byRequest = selectOne<[number, string], { person: PersonId }>(
      `SELECT person FROM codes WHERE ws = ? AND request = ? ORDER BY made_at DESC, id DESC LIMIT 1`,
    );
    this.setWithdrawn = statement<[Instant, number, InviteId]>(
      `UPDATE codes SET withdrawn_at = ? WHERE ws = ? AND id = ? AND burnt_by IS NULL AND withdrawn_at IS NULL`,
    );
    this.setRequestWithdrawn = statement<[Instant, number, string]>(
      `UPDATE codes SET withdrawn_at = ? WHERE ws = ? AND request = ? AND burnt_by IS NULL AND withdrawn_at IS NULL`,
    );
    this.setPersonWithdrawn = statement<[Instant, number, PersonId]>(
      `UPDATE codes SET withdrawn_at = ? WHERE ws = ? AND person = ? AND burnt_by IS NULL AND withdrawn_at IS NULL`,
    );
    this.grantOf = selectOne<[number, PersonId], { value: string | null }>(
      `SELECT c.value FROM records r JOIN changes c ON c.ws = r.ws AND c.seq = r.seq
       WHERE r.ws = ? AND r.kind = 'grant' AND r.key = ?`,
    );
    this.triesOf = selectOne<[string, Millis], { available: number }>(
      `SELECT available FROM attempts WHERE name = ? AND full_at > ?`,
    );
  }

  /** Whose the invite is that this request replaces, or else the last one that the same request made; null where there is neither. */
  *personBefore(ws: number, { replaces, request }: InviteRequest): Work<PersonId | 'not-found' | null> {
    if (replaces != null) return (yield* this.byId(ws, replaces))?.person ?? 'not-found';
    return request == null ? null : ((yield* this.byRequest(ws, request))?.person ?? null);
  }

  /** Takes back the invite that this request replaces, and what the same request made before. */
  *withdrawBefore(ws: number, { replaces, request }: InviteRequest, at: Instant): Work<void> {
    if (replaces != null) yield* this.setWithdrawn(at, ws, replaces);
    if (request != null) yield* this.setRequestWithdrawn(at, ws, request);
  }

  *add(tip: Tip, person: PersonId, request: InviteRequest): Work<InviteId> {
    const id = uuid7(tip.now, this.random(uuid7Bytes)) as string as InviteId;
    const find = request.find ?? null;
    yield* this.insert(
      request.code,
      tip.ws,
      find === null ? 'invite' : 'radio',
      person,
      request.expiresAt,
      request.by,
      request.device,
      id,
      request.request ?? null,
      find,
      instant(tip.now),
    );
    return id;
  }

  *list(ws: number, now: Millis): Work<readonly KnownInvite[]> {
    const listed: KnownInvite[] = [];
    for (const row of yield* this.listed(ws, mostListed)) {
      const grant = parsed(row.granted) as Grant | null;
      listed.push({
        id: row.id,
        kind: row.kind === 'radio' ? 'radio' : 'link',
        person: row.person,
        access: grant?.access ?? null,
        roles: grant?.roles ?? [],
        state: yield* this.stateOf(ws, row, now),
        madeAt: row.made_at,
        madeBy: row.by_person,
        expiresAt: instant(row.expires_at),
        usedAt: row.used_at,
        usedBy: row.burnt_by,
      });
    }
    return listed;
  }

  *withdraw(ws: number, id: InviteId, at: Instant): Work<Result<PersonId, 'not-found' | 'already-used'>> {
    const row = yield* this.byId(ws, id);
    if (row === null) return err('not-found');
    if (row.burnt_by !== null) return err('already-used');
    yield* this.setWithdrawn(at, ws, id);
    return ok(row.person);
  }

  *withdrawOf(ws: number, person: PersonId, at: Instant): Work<void> {
    yield* this.setPersonWithdrawn(at, ws, person);
  }

  private *stateOf(ws: number, row: InviteRow, now: Millis): Work<InviteState> {
    if (row.burnt_by !== null) return 'used';
    if (row.withdrawn_at !== null) return 'withdrawn';
    if (row.expires_at <= now) return 'expired';
    if (row.find !== null && ((yield* this.triesOf(radioName(row.find), now))?.available ?? 1) <= 0) return 'missed';
    if (row.maker_mode === 'lost') return 'void';
    if (row.by_person === null) return 'open';
    const maker = parsed((yield* this.grantOf(ws, row.by_person))?.value ?? null) as Grant | null;
    return maker?.access === 'coordinator' ? 'open' : 'void';
  }
}
