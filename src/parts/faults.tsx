import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import type { StorageFault } from '../domain/ports/storage-fault.ts';

/** What this device can't do with its storage just now; the sync line and the shell say it loudly. */
export type Faults = {
  readonly reading: StorageFault | null;
  /** The last thing a person tried to save was not saved. */
  readonly saving: StorageFault | null;
  /** Rises with each retry; reads subscribe again. */
  readonly attempt: number;
  readonly couldNotRead: (fault: StorageFault) => void;
  readonly couldNotSave: (fault: StorageFault) => void;
  readonly saved: () => void;
  readonly retry: () => void;
};

const FaultsContext = createContext<Faults | null>(null);

export function FaultsProvider({ children }: { readonly children: React.ReactNode }) {
  const [reading, couldNotRead] = useState<StorageFault | null>(null);
  const [saving, couldNotSave] = useState<StorageFault | null>(null);
  const [attempt, setAttempt] = useState(0);
  const saved = useCallback(() => couldNotSave(null), []);
  const retry = useCallback(() => {
    couldNotRead(null);
    setAttempt((before) => before + 1);
  }, []);
  const faults = useMemo(
    () => ({ reading, saving, attempt, couldNotRead, couldNotSave, saved, retry }),
    [reading, saving, attempt, saved, retry],
  );
  return <FaultsContext value={faults}>{children}</FaultsContext>;
}

export function useFaults(): Faults {
  const faults = useContext(FaultsContext);
  if (faults === null) throw new Error('useFaults outside of FaultsProvider');
  return faults;
}
