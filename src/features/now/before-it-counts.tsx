import { useState } from 'react';
import type { RoleId } from '../../domain/ids.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { teamChannel } from '../../domain/readiness/team-channel.ts';
import { instant } from '../../domain/time.ts';
import { usePorts } from '../../parts/ports.tsx';
import { whenWords } from '../../parts/time-words.ts';
import { useDeviceWord } from '../../parts/use-device-word.ts';
import type { Me } from '../../parts/use-me.ts';
import { believedNow, useNow } from '../../parts/use-now.ts';
import { usePhoneReport } from '../../parts/use-phone-report.ts';
import { useZone } from '../../parts/use-zone.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { RowLink } from '../../ui/row-link.tsx';
import { Stack } from '../../ui/stack.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { useOwnReport } from './card-read.tsx';

type BeforeItCountsProps = { readonly me: Me; readonly plan: Plan; readonly roles: readonly RoleId[] };

/** What each person tries before there is an incident: the team's channel, and the phone itself. */
export function BeforeItCounts({ me, plan, roles }: BeforeItCountsProps) {
  const word = useDeviceWord();
  const own = useOwnReport(me);
  const zone = useZone();
  const now = useNow();
  const test = own?.selfTest ?? null;
  return (
    <Stack close>
      <GroupTitle>Before it counts</GroupTitle>
      <TeamChannel me={me} plan={plan} roles={roles} />
      <RowLink
        href="/test"
        icon="check"
        title={`Test this ${word}`}
        detail={
          test === null
            ? 'One press, no network needed'
            : `${test.failed.length === 0 ? 'Passed' : 'Failed'} ${whenWords(test.at, zone, now)}`
        }
      />
    </Stack>
  );
}

function TeamChannel({ me, plan, roles }: BeforeItCountsProps) {
  const { clock, sync } = usePorts();
  const own = useOwnReport(me);
  const report = usePhoneReport();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const zone = useZone();
  const now = useNow();
  const of = teamChannel(plan, roles);
  if (of === null || !me.sends || own === undefined) return null;
  const confirm = async () => {
    setBusy(true);
    const at = instant(believedNow(clock, sync));
    const saved = await report((before) => ({ ...before, channel: { at, of } }));
    setBusy(false);
    if (saved) toast({ words: 'Saved: you can reach the team channel' });
  };
  const reached = own?.channel?.of === of ? own.channel : null;
  return (
    <Banner
      tone={reached === null ? 'note' : 'good'}
      icon={reached === null ? 'communications' : 'check'}
      title={`Team channel: ${of}`}
      action={
        <Button fit disabled={busy} onClick={() => void confirm()}>
          {reached === null ? 'I can reach it' : 'I reached it again'}
        </Button>
      }
    >
      {reached === null
        ? 'Open it now and say hello. Then say here that it works.'
        : `You reached it ${whenWords(reached.at, zone, now)}.`}
    </Banner>
  );
}
