import type { DeviceId } from '../domain/ids.ts';
import type { Draft, Shown } from '../domain/ports/records.ts';
import {
  readReport,
  reportValue,
  type AlertPermission,
  type CardRead,
  type DeviceReport,
} from '../domain/readiness/device-report.ts';
import { planOf } from '../domain/plan/plan.ts';
import { instant } from '../domain/time.ts';
import { deviceName } from './device-name.ts';
import type { Ports } from './ports.tsx';
import { believedNow } from './use-now.ts';
import type { HeldVersion } from './use-plan-versions.ts';

type ReportSource = Pick<Ports, 'records' | 'sync' | 'clock' | 'persistence' | 'installation' | 'app'>;

export type GatheredReport = {
  readonly report: DeviceReport;
  /** As this phone reported last. */
  readonly before: DeviceReport | null;
  readonly draft: (report: DeviceReport) => Draft<'device'>;
};

/** What this phone would report now; what only its person can say is kept from the report before. Null where the disk can't be read. */
export async function gatherReport(
  ports: ReportSource,
  device: DeviceId,
  current: HeldVersion | null,
): Promise<GatheredReport | null> {
  const [kept, storage] = await Promise.all([ports.records.read('device', device), ports.persistence.read()]);
  if (!kept.ok || kept.value?.readOnly === true) return null;
  const shown = kept.value;
  const before = readReport(shown?.value);
  const { clockOffset, unsent } = ports.sync.status.get();
  const { usedBytes, quotaBytes } = storage;
  return {
    before,
    report: {
      name: deviceName(),
      at: instant(believedNow(ports.clock, ports.sync)),
      app: ports.app.version,
      installed: ports.installation.get() === 'installed',
      persisted: storage.persisted,
      plan: current?.hash ?? null,
      planNumber: current?.version.number ?? null,
      queue: unsent,
      clockOffset: clockOffset === null ? null : Math.round(clockOffset / 1_000) * 1_000,
      free: usedBytes === null || quotaBytes === null ? null : Math.max(0, quotaBytes - usedBytes),
      alerts: alertPermission(),
      selfTest: before?.selfTest ?? null,
      cards: await stillSame(before?.cards ?? [], current),
      channel: before?.channel ?? null,
    },
    draft: (report) => draftOf(device, report, shown),
  };
}

function draftOf(device: DeviceId, report: DeviceReport, shown: Shown<'device'> | null): Draft<'device'> {
  return { kind: 'device', key: device, value: reportValue(report, shown?.value ?? null), shown };
}

/** A card that says in the current version what it said when it was read is read in the current version too. */
async function stillSame(cards: readonly CardRead[], current: HeldVersion | null): Promise<readonly CardRead[]> {
  if (current === null || cards.every(({ plan }) => plan === current.hash)) return cards;
  const { cardPrints } = await import('../domain/readiness/card-print.ts');
  const prints = cardPrints(planOf(current.version.items));
  return cards.map((card) => (card.print === prints.get(card.role) ? { ...card, plan: current.hash } : card));
}

function alertPermission(): AlertPermission {
  return 'Notification' in globalThis ? Notification.permission : 'unsupported';
}
