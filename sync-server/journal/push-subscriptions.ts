import type { DeviceId, Instant, PersonId } from '../../src/domain/ids.ts';
import { instant, type Millis } from '../../src/domain/time.ts';
import type { Engine } from './engine.ts';
import type { Session } from './journal.ts';
import { select, selectOne, statement, type Work } from './work.ts';

/** What a browser gives to whoever may send it notifications (Push API). */
export type PushSubscription = { readonly endpoint: string; readonly p256dh: string; readonly auth: string };

export type PushTarget = PushSubscription & { readonly device: DeviceId };

/** Where the devices of a workspace take notifications. Each device speaks of itself only; a revoked one takes none. */
export class PushSubscriptions {
  private readonly engine: Engine;
  private readonly ofWorkspace;
  private readonly ofDevice;
  private readonly insert;
  private readonly remove;
  private readonly removeThis;

  constructor(engine: Engine) {
    this.engine = engine;
    this.ofWorkspace = select<[number], PushTarget & { person: PersonId }>(
      `SELECT s.device, d.person, s.endpoint, s.p256dh, s.auth FROM push_subscriptions s JOIN devices d ON d.id = s.device
       WHERE s.ws = ? AND d.revoked_at IS NULL ORDER BY s.device`,
    );
    this.ofDevice = selectOne<[DeviceId], { endpoint: string }>(
      `SELECT endpoint FROM push_subscriptions WHERE device = ?`,
    );
    this.insert = statement<[string, string, string, Instant, DeviceId]>(
      `INSERT INTO push_subscriptions (device, ws, endpoint, p256dh, auth, made_at)
       SELECT id, ws, ?, ?, ?, ? FROM devices WHERE id = ? AND revoked_at IS NULL
       ON CONFLICT (device) DO UPDATE SET endpoint = excluded.endpoint, p256dh = excluded.p256dh, auth = excluded.auth,
         made_at = excluded.made_at`,
    );
    this.remove = statement<[DeviceId]>(`DELETE FROM push_subscriptions WHERE device = ?`);
    this.removeThis = statement<[DeviceId, string]>(`DELETE FROM push_subscriptions WHERE device = ? AND endpoint = ?`);
  }

  /** The endpoint at which this device takes notifications; null where it takes none. */
  async endpointOf(device: DeviceId): Promise<string | null> {
    return (await this.engine.read(() => this.ofDevice(device)))?.endpoint ?? null;
  }

  /** Puts this in the place of what the device gave before. */
  keep({ device }: Session, { endpoint, p256dh, auth }: PushSubscription, now: Millis): Promise<void> {
    return this.engine.write(turn, () => this.insert(endpoint, p256dh, auth, instant(now), device));
  }

  drop(device: DeviceId): Promise<void> {
    return this.engine.write(turn, () => this.remove(device));
  }

  /** The push service said that there is nobody any more; what the device gave since stays. */
  dropGone(device: DeviceId, endpoint: string): Promise<void> {
    return this.engine.write(turn, () => this.removeThis(device, endpoint));
  }

  *byPerson(ws: number): Work<ReadonlyMap<PersonId, readonly PushTarget[]>> {
    const found = new Map<PersonId, PushTarget[]>();
    for (const { person, ...target } of yield* this.ofWorkspace(ws))
      found.set(person, [...(found.get(person) ?? []), target]);
    return found;
  }
}

const turn = 'push subscriptions';
