import { createContext, useCallback, useContext, useRef, useState } from 'react';
import { minute, type Millis } from '../domain/time.ts';
import { later } from '../ui/later.tsx';
import { usePorts } from './ports.tsx';
import { useScreenLock } from './screen-lock.ts';

const StepUpDialog = later(async () => (await import('./pin-form.tsx')).StepUpDialog);

/** Who gave the PIN for one thing is not asked again for the next. */
const holds: Millis = 2 * minute;

/** Asks for the PIN again before something that a stranger with the open phone must not do. False: put off. */
export type StepUp = (what: string) => Promise<boolean>;

const StepUpContext = createContext<StepUp | null>(null);

type Asked = { readonly what: string; readonly answer: (given: boolean) => void };

/** Where no PIN is set there is nothing to ask for. */
export function StepUpProvider({ children }: { readonly children: React.ReactNode }) {
  const { clock } = usePorts();
  const lock = useScreenLock();
  const givenAt = useRef<Millis | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const hasLock = lock != null;
  const stepUp = useCallback(
    (what: string) => {
      const isFresh = givenAt.current !== null && clock.monotonic() - givenAt.current < holds;
      if (!hasLock || isFresh) return Promise.resolve(true);
      return new Promise<boolean>((answer) => setAsked({ what, answer }));
    },
    [hasLock, clock],
  );
  const end = (given: boolean) => {
    if (given) givenAt.current = clock.monotonic();
    asked?.answer(given);
    setAsked(null);
  };
  return (
    <StepUpContext value={stepUp}>
      {children}
      {asked === null ? null : <StepUpDialog what={asked.what} onEnd={end} />}
    </StepUpContext>
  );
}

export function useStepUp(): StepUp {
  const stepUp = useContext(StepUpContext);
  if (stepUp === null) throw new Error('useStepUp outside of StepUpProvider');
  return stepUp;
}
