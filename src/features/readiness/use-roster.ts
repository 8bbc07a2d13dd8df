import { useMemo } from 'react';
import type { DeviceId, PlanHash } from '../../domain/ids.ts';
import { planOf } from '../../domain/plan/plan.ts';
import { err } from '../../domain/result.ts';
import { cardPrints, type CardPrints } from '../../domain/readiness/card-print.ts';
import { readReport } from '../../domain/readiness/device-report.ts';
import type { KeptReport, Roster } from '../../domain/readiness/roster.ts';
import { usePorts } from '../../parts/ports.tsx';
import { useServerAnswer, type Answer } from '../../parts/server-memory.tsx';
import { useGrants } from '../../parts/use-grants.ts';
import { useRecords } from '../../parts/use-live.ts';
import type { Me } from '../../parts/use-me.ts';
import { useNow } from '../../parts/use-now.ts';
import { usePeople } from '../../parts/use-people.ts';
import { usePlan, usePlanVersions, type HeldVersion } from '../../parts/use-plan-versions.ts';
import type { KnownDevice, KnownReminders } from '../../domain/ports/server-api.ts';

const nobodyAsked = () => Promise.resolve(err({ tag: 'no-answer' } as const));

/** Everything known of the phones: reports as they are kept here, and the server's list where it can be asked. */
export function useRoster(me: Me): {
  readonly roster: Roster | undefined;
  readonly answer: Answer<readonly KnownDevice[]>;
} {
  const { server, app } = usePorts();
  const asks = me.access === 'coordinator' && me.sends;
  const answer = useServerAnswer(asks ? 'devices' : 'no devices', asks ? server.devices : nobodyAsked);
  const shown = useRecords('device', '');
  const versions = usePlanVersions();
  const current = versions?.[0] ?? null;
  const plan = usePlan(current);
  const people = usePeople();
  const grants = useGrants();
  const now = useNow();
  const reports = useMemo(
    () =>
      new Map(
        (shown ?? []).flatMap(({ key, value, author }): [DeviceId, KeptReport][] => {
          const report = readReport(value);
          return report === null ? [] : [[key as DeviceId, { person: author.person, report }]];
        }),
      ),
    [shown],
  );
  const prints = useMemo(() => printsOf(versions ?? [], reports), [versions, reports]);
  const roster = useMemo((): Roster | undefined => {
    if (shown === undefined || versions === undefined) return undefined;
    const named = current === null ? null : { hash: current.hash, number: current.version.number };
    const known = grants.has(me.person) || !me.sends ? grants : new Map([...grants, [me.person, me] as const]);
    const devices = answer.known ?? null;
    return { plan, current: named, people, grants: known, reports, devices, prints, app: app.version, now };
  }, [shown, versions, current, plan, people, grants, reports, answer.known, prints, app.version, now, me]);
  return { roster, answer };
}

/** Whom the server can remind, and whom it did. */
export function useReminders(me: Me): Answer<KnownReminders> {
  const { server } = usePorts();
  const asks = me.access === 'coordinator' && me.sends;
  return useServerAnswer(asks ? 'reminders' : 'no reminders', asks ? server.reminders : nobodyAsked);
}

/** What the cards say in the current version, and in the older ones that a phone holds and this device too. */
function printsOf(
  versions: readonly HeldVersion[],
  reports: ReadonlyMap<DeviceId, KeptReport>,
): ReadonlyMap<PlanHash, CardPrints> {
  const [current] = versions;
  const held = new Set([...reports.values()].map(({ report }) => report.plan));
  // One version is compared with nothing.
  if (current === undefined || [...held].every((hash) => hash === null || hash === current.hash)) return new Map();
  const wanted = versions.filter(({ hash }) => hash === current.hash || held.has(hash));
  return new Map(wanted.map(({ hash, version }) => [hash, cardPrints(planOf(version.items))]));
}
