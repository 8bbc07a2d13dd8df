import { useState } from 'react';
import type { BackupSummary, RestoreFault } from '../domain/ports/device.ts';
import { err, unreachable, type Result } from '../domain/result.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { FileField } from '../ui/file-field.tsx';
import { Facts, type Fact } from '../ui/facts.tsx';
import { Stack } from '../ui/stack.tsx';
import { useToast } from '../ui/toasts.tsx';
import { WorkBar } from '../ui/work-bar.tsx';
import { counted } from './amount-words.ts';
import { restoreFaultWords } from './backup-words.ts';
import { kindsInWords } from './kind-words.ts';
import { usePorts } from './ports.tsx';
import { fullTime } from './time-words.ts';
import { deviceZone } from './use-zone.ts';

type Step =
  | { readonly step: 'choosing'; readonly fault: RestoreFault | null }
  | { readonly step: 'reading'; readonly part: number }
  | { readonly step: 'asking'; readonly file: File; readonly summary: BackupSummary }
  | { readonly step: 'saving'; readonly part: number }
  | { readonly step: 'done'; readonly changes: number; readonly records: number };

/** Brings a backup file back: it is checked as a whole, says what it would add, and is taken whole or not at all. */
export function RestoreDialog({ onClose }: { readonly onClose: () => void }) {
  const { device, sync } = usePorts();
  const toast = useToast();
  const [at, setAt] = useState<Step>({ step: 'choosing', fault: null });

  const inspect = async (file: File) => {
    setAt({ step: 'reading', part: 0 });
    const summary = await worded(device.inspectBackup(file, (done, of) => setAt({ step: 'reading', part: done / of })));
    setAt(summary.ok ? { step: 'asking', file, summary: summary.value } : { step: 'choosing', fault: summary.error });
  };
  const restore = async (file: File, isNewDevice: boolean) => {
    setAt({ step: 'saving', part: 0 });
    const restored = await worded(device.restoreBackup(file, (done, of) => setAt({ step: 'saving', part: done / of })));
    if (!restored.ok) return setAt({ step: 'choosing', fault: restored.error });
    sync.nudge('wrote');
    // a new device goes on to its first screen, and this dialog goes with the old one
    if (isNewDevice) toast({ words: 'The backup file was brought back whole' });
    return setAt({ step: 'done', ...restored.value });
  };

  return (
    <Dialog title="Bring a backup file back" onClose={onClose}>
      <Stack>
        <StepBody
          at={at}
          onFile={(file) => void inspect(file)}
          onRestore={(file, isNew) => void restore(file, isNew)}
          onClose={onClose}
        />
      </Stack>
    </Dialog>
  );
}

/** A file is a stranger's: where reading it fails in a way that nobody foresaw, the dialog says so and goes on. */
function worded<Value>(work: Promise<Result<Value, RestoreFault>>): Promise<Result<Value, RestoreFault>> {
  return work.catch((error: unknown) => {
    reportError(error);
    return err({ tag: 'not-a-backup', detail: 'this app can’t read it' });
  });
}

function StepBody({
  at,
  onFile,
  onRestore,
  onClose,
}: {
  readonly at: Step;
  readonly onFile: (file: File) => void;
  readonly onRestore: (file: File, isNewDevice: boolean) => void;
  readonly onClose: () => void;
}) {
  switch (at.step) {
    case 'choosing':
      return (
        <>
          <p>What is on this device stays. What the file has and this device has not is added.</p>
          <FileField
            label="Backup file"
            hint="Its name begins with “holdfast-backup”."
            accept=".json,application/json"
            fault={at.fault === null ? null : restoreFaultWords(at.fault)}
            onFile={onFile}
          />
        </>
      );
    case 'reading':
      return <WorkBar label="Reading and checking the file" part={at.part} />;
    case 'asking':
      return (
        <Asking summary={at.summary} onYes={() => onRestore(at.file, at.summary.becomesPerson)} onClose={onClose} />
      );
    case 'saving':
      return <WorkBar label="Saving what the file holds" part={at.part} />;
    case 'done':
      return (
        <>
          <Banner tone="good" icon="check" title="The file was brought back whole.">
            {at.changes + at.records === 0
              ? 'Everything in it was here already.'
              : `${addedWords(at.changes, at.records)} added.`}
          </Banner>
          <Button kind="primary" onClick={onClose}>
            Done
          </Button>
        </>
      );
    default:
      return unreachable(at);
  }
}

function Asking({
  summary,
  onYes,
  onClose,
}: {
  readonly summary: BackupSummary;
  readonly onYes: () => void;
  readonly onClose: () => void;
}) {
  const { createdAt, personName, changes, records, becomesPerson, toSend, leftOut } = summary;
  const facts: readonly Fact[] = [
    { name: 'Saved', value: fullTime(createdAt, deviceZone()) },
    { name: 'Whose device', value: personName ?? 'not named in the file' },
    {
      name: 'Would be added here',
      value: changes + records === 0 ? 'nothing, it is all here' : addedWords(changes, records),
    },
    ...(toSend.size === 0
      ? []
      : [{ name: `Would be sent as ${becomesPerson ? 'theirs' : 'yours'}`, value: kindsInWords(toSend) }]),
    ...(leftOut.size === 0 ? [] : [{ name: 'Left out', value: kindsInWords(leftOut) }]),
  ];
  return (
    <>
      <Facts facts={facts} />
      {leftOut.size === 0 ? null : (
        <p>
          Nothing shows who decided what is left out, and here it would count as decided by you. If it is yours, bring
          the file back on a device that has not joined yet, then join.
        </p>
      )}
      {becomesPerson ? (
        <p>
          This device is new: it becomes {personName ?? 'that person'}’s, works alone, and can join a server with a
          code.
        </p>
      ) : null}
      <DialogActions>
        <Button kind="primary" onClick={onYes}>
          Bring it back
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </DialogActions>
    </>
  );
}

function addedWords(changes: number, records: number): string {
  return [
    changes === 0 ? null : counted(changes, 'change'),
    records === 0 ? null : `${counted(records, 'record')} received from a server`,
  ]
    .filter((part) => part !== null)
    .join(' and ');
}
