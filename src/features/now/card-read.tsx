import { useMemo, useState } from 'react';
import type { RoleId } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { cardPrints } from '../../domain/readiness/card-print.ts';
import { readReport, type CardRead as Read, type DeviceReport } from '../../domain/readiness/device-report.ts';
import { instant } from '../../domain/time.ts';
import { usePorts } from '../../parts/ports.tsx';
import { whenWords } from '../../parts/time-words.ts';
import { useRecord } from '../../parts/use-live.ts';
import type { Me } from '../../parts/use-me.ts';
import { believedNow, useNow } from '../../parts/use-now.ts';
import { usePhoneReport } from '../../parts/use-phone-report.ts';
import type { HeldVersion } from '../../parts/use-plan-versions.ts';
import { useZone } from '../../parts/use-zone.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useToast } from '../../ui/toasts.tsx';

/** What this phone last reported of itself; undefined while it is read, null where it has not reported. */
export function useOwnReport(me: Me): DeviceReport | null | undefined {
  const shown = useRecord('device', me.device);
  return useMemo(() => (shown === undefined ? undefined : readReport(shown?.value)), [shown]);
}

type CardReadProps = {
  readonly me: Me;
  readonly plan: Plan;
  readonly version: HeldVersion;
  readonly role: RoleId;
};

/** Asks the holder of a role to say that they have read its card, and asks again when a new version changes what it says. */
export function CardRead({ me, plan, version, role }: CardReadProps) {
  const { clock, sync } = usePorts();
  const own = useOwnReport(me);
  const report = usePhoneReport();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const zone = useZone();
  const now = useNow();
  const read = own?.cards.find((each) => each.role === role);
  const isCurrent = useIsCurrent(plan, version, read);
  if (!me.sends || own === undefined) return null;
  const confirm = async () => {
    setBusy(true);
    const print = cardPrints(plan).get(role) ?? '';
    const at = instant(believedNow(clock, sync));
    const saved = await report((before) => ({
      ...before,
      cards: [...before.cards.filter((each) => each.role !== role), { role, print, plan: version.hash, at }],
    }));
    setBusy(false);
    if (saved) toast({ words: 'Saved: you have read this card' });
  };
  if (read !== undefined && isCurrent) {
    return (
      <Banner tone="good" icon="check" title="You have read this card.">
        {whenWords(read.at, zone, now)}
      </Banner>
    );
  }
  return (
    <Banner
      icon="role"
      title={read === undefined ? 'Have you read this card?' : 'This card has changed since you read it.'}
      action={
        <Button fit icon="check" disabled={busy} onClick={() => void confirm()}>
          I have read my card
        </Button>
      }
    >
      Read it from the first task to the last, then say so. Your coordinator sees who has.
    </Banner>
  );
}

/** Comparing what two versions say takes a moment, so it is done only for a version that isn't the one that was read. */
function useIsCurrent(plan: Plan, version: HeldVersion, read: Read | undefined): boolean {
  return useMemo(() => {
    if (read === undefined) return false;
    return read.plan === version.hash || cardPrints(plan).get(read.role) === read.print;
  }, [plan, version, read]);
}
