import { useState } from 'react';
import { NotAsked } from './not-asked.tsx';
import type { DeviceId } from '../../domain/ids.ts';
import { readReport } from '../../domain/readiness/device-report.ts';
import type { SelfTestCheck } from '../../domain/readiness/self-test.ts';
import type { JournalEntry } from '../../domain/sync/protocol.ts';
import { counted } from '../../parts/amount-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { useServerAnswer } from '../../parts/server-memory.tsx';
import { fullTime } from '../../parts/time-words.ts';
import { useZone } from '../../parts/use-zone.ts';
import { Button } from '../../ui/button.tsx';
import { testNames } from './test-words.ts';
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
  if (fault?.tag === 'refused' && fault.status === 404) return <p>This phone has reported nothing yet.</p>;
  if (known === undefined) {
    return fault === null ? (
      <p role="status">Asking the server…</p>
    ) : (
      <NotAsked
        title="Its history is on the server, which can’t be asked just now."
        fault={fault}
        asking={asking}
        onAgain={askAgain}
      />
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
  if (report === null) return 'The phone took its report back.';
  const { planNumber, plan, app, installed, persisted, selfTest, cards, channel, queue } = report;
  return [
    plan === null ? 'No plan' : planNumber === null ? 'A version of the plan' : `Version ${planNumber} of the plan`,
    `app ${app}`,
    installed ? 'installed' : 'in a browser tab',
    keepsWords(persisted),
    selfTest === null ? 'never tested' : testedWords(selfTest.failed),
    cards.length === 0 ? 'no card read' : `${counted(cards.length, 'card')} read`,
    channel === null ? 'team channel not reached' : 'team channel reached',
    queue === null || queue === 0 ? null : `${counted(queue, 'change')} not sent yet`,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

function keepsWords(persisted: boolean | null): string {
  if (persisted === null) return 'does not say whether the browser keeps what is saved';
  return persisted ? 'the browser keeps what is saved' : 'the browser may delete what is saved';
}

function testedWords(failed: readonly SelfTestCheck[]): string {
  if (failed.length === 0) return 'test passed';
  return `test failed: ${failed.map((check) => `“${testNames[check]}”`).join(', ')}`;
}
