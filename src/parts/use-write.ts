import { useCallback } from 'react';
import type { Draft, Saved, WriteFault } from '../domain/ports/records.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { useToast } from '../ui/toasts.tsx';
import { useFaults } from './faults.tsx';
import { writeFaultWords } from './fault-words.ts';
import { usePorts } from './ports.tsx';

/**
 * Saves drafts and asks for a sync. Gives what was saved once it is on disk, or null after having said loudly that it is not;
 * the caller then keeps what the person typed.
 */
export function useWrite(): (drafts: readonly Draft[]) => Promise<readonly Saved[] | null> {
  const { records, sync } = usePorts();
  const { couldNotSave, saved } = useFaults();
  const toast = useToast();
  return useCallback(
    async (drafts) => {
      const written = await records.write(drafts);
      if (written.ok) {
        saved();
        sync.nudge('wrote');
        return written.value;
      }
      const fault = written.error;
      if (isOfStorage(fault)) couldNotSave(fault);
      toast({ words: writeFaultWords(fault), tone: 'loud' });
      return null;
    },
    [records, sync, couldNotSave, saved, toast],
  );
}

const ofTheDraft: ReadonlySet<string> = new Set<Exclude<WriteFault, StorageFault>['tag']>([
  'too-large',
  'invalid',
  'read-only',
  'no-author',
]);

function isOfStorage(fault: WriteFault): fault is StorageFault {
  return !ofTheDraft.has(fault.tag);
}
