import { useState } from 'react';
import type { DeviceId } from '../../domain/ids.ts';
import { readReport } from '../../domain/readiness/device-report.ts';
import type { JournalEntry } from '../../domain/sync/protocol.ts';
import { counted } from '../../parts/amount-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { serverFaultWords } from '../../parts/server-fault-words.ts';
import { useServerAnswer } from '../../parts/server-memory.tsx';
import { fullTime } from '../../parts/time-words.ts';
import { useZone } from '../../parts/use-zone.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import styles from './readiness.module.css';

/** Everything that a phone reported, by date: only the server keeps it. */
export function PhoneHistory({ device }: { readonly device: DeviceId }) {
  const [open, setOpen] = useState(false);
  return open ? <Entries device={device} /> : <Button onClick={() => setOpen(true)}>Show its history</Button>;
}

function Entries({ device }: { readonly device: DeviceId }) {
  const { server } = usePorts();
  const zone = useZone();
  const { known, fault, asking, askAgain } = useServerAnswer(`history of ${device}`, () =>
    server.history('device', device),
  );
  if (known === undefined) {
    return fault === null ? (
      <p role="status">Asking the server…</p>
    ) : (
      <Banner
        title="Its history is on the server, which can’t be asked just now."
        action={
          <Button fit disabled={asking} onClick={askAgain}>
            Ask again
          </Button>
        }
      >
        {serverFaultWords(fault)}
      </Banner>
    );
  }
  const newestFirst = [...known].reverse();
  return (
    <ul role="list" className={styles.roles} aria-label="History of this phone">
      {newestFirst.map((entry) => (
        <li key={entry.change.id} className={styles.line}>
          <div>
            <strong>{fullTime(entry.at, zone)}</strong>
            <small>{entryWords(entry)}</small>
          </div>
        </li>
      ))}
    </ul>
  );
}

function entryWords({ change: { value } }: JournalEntry): string {
  const report = readReport(value);
  if (report === null) return 'the report was taken back';
  const { planNumber, plan, app, installed, persisted, selfTest, cards, channel, queue } = report;
  return [
    plan === null ? 'no plan' : planNumber === null ? `plan ${plan.slice(0, 8)}` : `plan version ${planNumber}`,
    `app ${app}`,
    installed ? 'installed' : 'in a browser tab',
    persisted === true ? 'data kept' : 'data may be deleted',
    selfTest === null
      ? 'never tested'
      : selfTest.failed.length === 0
        ? 'test passed'
        : `test failed: ${selfTest.failed.join(', ')}`,
    `${counted(cards.length, 'card')} read`,
    channel === null ? 'channel not reached' : 'channel reached',
    queue === null || queue === 0 ? null : `${queue} to send`,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
