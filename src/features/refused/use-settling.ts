import { useCallback } from 'react';
import type { Device } from '../../domain/ports/device.ts';
import type { RefusedAct } from '../../domain/sync/refused-acts.ts';
import { storageFaultWords } from '../../parts/fault-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { useToast } from '../../ui/toasts.tsx';

export type Settling = {
  readonly giveUp: () => Promise<void>;
  readonly tryAgain: () => Promise<void>;
  /** A new change took its place. */
  readonly replaced: () => Promise<void>;
};

/** Ends the wait of one refused act; giving up can be undone for ten seconds. */
export function useSettling({ changes }: RefusedAct): Settling {
  const { device, sync } = usePorts();
  const toast = useToast();
  const all = useCallback(
    async (how: keyof Pick<Device, 'giveUp' | 'takeBack' | 'tryAgain'>): Promise<boolean> => {
      for (const { change } of changes) {
        const done = await device[how](change);
        if (done.ok) continue;
        const { happened, doThis } = storageFaultWords(done.error);
        toast({ words: `Not done. ${happened} ${doThis}`, tone: 'loud' });
        return false;
      }
      return true;
    },
    [changes, device, toast],
  );
  const giveUp = useCallback(async () => {
    if (await all('giveUp'))
      toast({ words: 'Given up', action: { label: 'Undo', onPress: () => void all('takeBack') } });
  }, [all, toast]);
  const tryAgain = useCallback(async () => {
    if (!(await all('tryAgain'))) return;
    sync.nudge('asked');
    toast({ words: 'To be sent once more' });
  }, [all, sync, toast]);
  const replaced = useCallback(async () => void (await all('giveUp')), [all]);
  return { giveUp, tryAgain, replaced };
}
