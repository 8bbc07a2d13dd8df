import { useEffect, useState } from 'react';
import type { StorageFault } from '../../domain/ports/storage-fault.ts';
import { unreachable } from '../../domain/result.ts';
import { instant } from '../../domain/time.ts';
import { parseInstant } from '../../domain/ids.ts';
import { storageFaultWords } from '../../parts/fault-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { RestoreDialog } from '../../parts/restore-dialog.tsx';
import { useStepUp } from '../../parts/step-up.tsx';
import { fileTime, whenWords } from '../../parts/time-words.ts';
import { useSetting } from '../../parts/use-live.ts';
import { useNow } from '../../parts/use-now.ts';
import { handOver, WrittenFile } from '../../parts/written-file.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { WorkBar } from '../../ui/work-bar.tsx';
import { Section } from './section.tsx';

const savedAtSetting = 'backup-saved-at';

type Export =
  | { readonly state: 'idle' }
  | { readonly state: 'writing'; readonly part: number }
  | { readonly state: 'ready'; readonly file: File; readonly address: string }
  | { readonly state: 'fault'; readonly fault: StorageFault };

/** Everything on this device as one file, and back. */
export function BackupFileSection({ zone }: { readonly zone: string }) {
  const { device, clock } = usePorts();
  const [made, setMade] = useState<Export>({ state: 'idle' });
  const stepUp = useStepUp();
  const [restoring, setRestoring] = useState(false);
  useEffect(() => (made.state === 'ready' ? () => URL.revokeObjectURL(made.address) : undefined), [made]);

  const save = async () => {
    if (!(await stepUp('The file holds everything on this device. Whoever has it can read it.'))) return;
    setMade({ state: 'writing', part: 0 });
    const now = clock.now();
    const saved = await device.exportBackup((done, of) =>
      setMade({ state: 'writing', part: of === 0 ? 1 : done / of }),
    );
    if (!saved.ok) return setMade({ state: 'fault', fault: saved.error });
    // the storage's file is a Blob wherever there is a page
    const file = new File([saved.value as Blob], backupName(now, zone), { type: 'application/json' });
    const address = URL.createObjectURL(file);
    setMade({ state: 'ready', file, address });
    handOver(address, file.name);
    await device.setSetting(savedAtSetting, instant(now));
  };

  return (
    <Section title="Backup file">
      <p>
        One file with the plan, the incidents, the log and what is still to send. It does not hold this device’s key,
        and whoever has it can read everything in it.
      </p>
      <LastSaved zone={zone} />
      <Made made={made} />
      <Button disabled={made.state === 'writing'} onClick={() => void save()}>
        Save everything on this device into one file
      </Button>
      <Button onClick={() => setRestoring(true)}>Bring a backup file back…</Button>
      {restoring ? <RestoreDialog onClose={() => setRestoring(false)} /> : null}
    </Section>
  );
}

function LastSaved({ zone }: { readonly zone: string }) {
  const now = useNow();
  const at = parseInstant(useSetting(savedAtSetting));
  return at.ok ? <p>Last saved into a file: {whenWords(at.value, zone, now)}.</p> : null;
}

function Made({ made }: { readonly made: Export }) {
  switch (made.state) {
    case 'idle':
      return null;
    case 'writing':
      return <WorkBar label="Writing the file" part={made.part} />;
    case 'ready':
      return <WrittenFile file={made.file} address={made.address} />;
    case 'fault': {
      const { happened, kept, doThis } = storageFaultWords(made.fault);
      return (
        <Banner tone="stop" icon="warning" title="No file was written.">
          {happened} {kept} {doThis}
        </Banner>
      );
    }
    default:
      return unreachable(made);
  }
}

function backupName(now: number, zone: string): string {
  return `holdfast-backup-${fileTime(now, zone)}.json`;
}
