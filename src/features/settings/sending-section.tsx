import { useState } from 'react';
import type { SyncStatus } from '../../domain/ports/sync-status.ts';
import { unreachable } from '../../domain/result.ts';
import { ClockNotice } from '../../parts/clock-notice.tsx';
import { usePorts } from '../../parts/ports.tsx';
import { counted } from '../../parts/amount-words.ts';
import { whenWords } from '../../parts/time-words.ts';
import { useConflicts } from '../../parts/use-conflicts.ts';
import { useNow } from '../../parts/use-now.ts';
import { useSyncStatus } from '../../parts/use-sync-status.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Facts } from '../../ui/facts.tsx';
import { RowLink } from '../../ui/row-link.tsx';
import { RowList } from '../../ui/stack.tsx';
import { Section } from './section.tsx';

/** How sending stands, in full: what the one line of every screen sums up. */
export function SendingSection({ zone }: { readonly zone: string }) {
  const { sync } = usePorts();
  const status = useSyncStatus();
  const now = useNow();
  const overruled = useConflicts()?.open.length ?? 0;
  const [asked, setAsked] = useState(false);
  const when = (at: SyncStatus['lastSentAt']) => (at === null ? 'not yet' : whenWords(at, zone, now));
  return (
    <Section title="Sending">
      <Card>
        <Facts
          facts={[
            { name: 'Connection', value: connectionWords(status) },
            { name: 'To send', value: toSendWords(status.unsent) },
            ...(status.carried === 0 ? [] : [{ name: 'For others', value: counted(status.carried, 'change') }]),
            { name: 'All sent last', value: when(status.lastSentAt) },
            { name: 'Server heard last', value: when(status.lastHeardAt ?? status.lastSentAt) },
          ]}
        />
        <Button
          onClick={() => {
            setAsked(true);
            sync.nudge('asked');
          }}
        >
          Send now
        </Button>
        {asked && status.connection === 'offline' ? (
          <p role="status">The server does not answer. What is here is kept and is sent when it does.</p>
        ) : null}
      </Card>
      <ClockNotice zone={zone} />
      <RowList label="Without a network">
        <li>
          <RowLink
            href="/hand-over"
            icon="hand-over"
            title="Hand over"
            detail="To or from another phone, by codes or a file"
          />
        </li>
      </RowList>
      <RowList label="To decide">
        <li>
          <RowLink
            href="/refused"
            icon="warning"
            title={status.refused === 0 ? 'Nothing refused' : `${counted(status.refused, 'change')} refused`}
            detail="What the server did not take: kept here with its reason"
          />
        </li>
        <li>
          <RowLink
            href="/conflicts"
            icon="undo"
            title={overruled === 0 ? 'Nothing overruled' : `${counted(overruled, 'change')} overruled`}
            detail="What lost against another change: keep theirs, restore yours"
          />
        </li>
      </RowList>
    </Section>
  );
}

/** One press can make two changes; whoever counts presses is told. */
function toSendWords(unsent: number): string {
  if (unsent === 0) return 'nothing';
  return unsent === 1 ? '1 change' : `${unsent} changes; a report and its line in the log are two`;
}

function connectionWords({ connection, filling }: SyncStatus): string {
  if (filling !== null) return `receiving the plan: ${filling} so far`;
  switch (connection) {
    case 'starting':
      return 'not known yet: the part that sends is still loading';
    case 'alone':
      return 'no server';
    case 'offline':
      return 'not connected; that is normal';
    case 'sending':
      return 'sending';
    case 'online':
      return 'connected';
    case 'needs-code':
      return 'connected, but the server does not know this device';
    case 'needs-approval':
      return 'connected, but a coordinator has to approve this device again';
    case 'needs-update':
      return 'connected, but this app is too old: update it to send';
    default:
      return unreachable(connection);
  }
}
