import type { AccessLevel } from '../../src/domain/access/access.ts';
import type { DeviceId, Instant, PersonId, PlanHash, RoleId } from '../../src/domain/ids.ts';
import { planHash } from '../../src/domain/plan/plan-hash.ts';
import type { PlanItem } from '../../src/domain/plan/plan-item.ts';
import { planOf } from '../../src/domain/plan/plan.ts';
import type { KnownDevice } from '../../src/domain/ports/server-api.ts';
import { cardPrints } from '../../src/domain/readiness/card-print.ts';
import type { DeviceReport } from '../../src/domain/readiness/device-report.ts';
import { teamChannel } from '../../src/domain/readiness/team-channel.ts';
import type { KeptReport, Roster } from '../../src/domain/readiness/roster.ts';
import { instant, type Millis } from '../../src/domain/time.ts';
import { header, smallPlanItems, versionOf } from './plan-items.ts';

export const now: Millis = Date.parse('2026-11-27T08:00:00.000Z');

/** The small plan with a channel for the command. */
export function readinessItems(): readonly PlanItem[] {
  return smallPlanItems().map((item) =>
    item.section === 'header' ? header({ commandChannel: 'Room "recovery"' }) : item,
  );
}

function deviceId(n: number): DeviceId {
  return n.toString(16).padStart(16, '0') as DeviceId;
}

export function ago(span: Millis): Instant {
  return instant(now - span);
}

export type Member = {
  readonly person: string;
  readonly roles?: readonly string[];
  /** Null: this person has no phone. */
  readonly report?: Partial<DeviceReport> | null;
  readonly lastSeenAt?: Instant | null;
  readonly revoked?: KnownDevice['revoked'];
  readonly more?: Readonly<Record<string, unknown>>;
};

/** Everybody of a workspace with one phone each, on which everything is in order unless said otherwise. */
export function roster(
  members: readonly Member[],
  items: readonly PlanItem[] = readinessItems(),
  online = true,
): Roster {
  const plan = planOf(items);
  const hash = planHash(versionOf(items));
  const prints = cardPrints(plan);
  const reports = new Map<DeviceId, KeptReport>();
  const devices: KnownDevice[] = [];
  members.forEach(({ person, roles = [], report = {}, lastSeenAt, revoked = null }, place) => {
    if (report === null) return;
    const id = deviceId(place + 1);
    const held = roles as readonly RoleId[];
    const good = goodReport(hash, held, prints, teamChannel(plan, held));
    reports.set(id, { person: person as PersonId, report: { ...good, ...report } });
    const seen = lastSeenAt === undefined ? ago(60_000) : lastSeenAt;
    devices.push({
      ...{ id, name: 'Phone', person: person as PersonId, weakKey: false },
      ...{ enrolledAt: ago(0), lastSeenAt: seen, revoked },
    });
  });
  const access: AccessLevel = 'responder';
  return {
    plan,
    current: { hash, number: 1 },
    people: new Map(members.map(({ person, more }) => [person as PersonId, { ...more, name: person, contacts: [] }])),
    grants: new Map(
      members.map(({ person, roles = [] }) => [person as PersonId, { access, roles: roles as readonly RoleId[] }]),
    ),
    reports,
    devices: online ? devices : null,
    prints: new Map([[hash, prints]]),
    app: '1.0.0',
    now,
  };
}

export function goodReport(
  plan: PlanHash,
  roles: readonly RoleId[],
  prints: ReadonlyMap<RoleId, string>,
  channel: string | null,
): DeviceReport {
  const at = ago(60_000);
  return {
    ...{ name: 'Phone', at, app: '1.0.0', installed: true, persisted: true, plan, planNumber: 1 },
    ...{ queue: 0, clockOffset: 0, free: 2_000_000_000, alerts: 'granted' },
    selfTest: { at, failed: [] },
    cards: roles.map((role) => ({ role, print: prints.get(role) ?? '', plan, at })),
    channel: channel === null ? null : { at, of: channel },
  };
}
