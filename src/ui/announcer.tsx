import { createContext, useCallback, useContext, useMemo, useRef, useState } from 'react';
import styles from './visually-hidden.module.css';

type Announce = (words: string, urgency?: 'polite' | 'assertive') => void;

const AnnounceContext = createContext<Announce>(() => undefined);

/** Says to a screen reader what others see happen: saved, sent, refused. */
export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}

/** Holds the page's two live regions; they must be on the page before something is said. */
export function Announcer({ children }: { readonly children: React.ReactNode }) {
  const [said, setSaid] = useState({ polite: '', assertive: '' });
  const times = useRef(0);
  const announce = useCallback<Announce>((words, urgency = 'polite') => {
    times.current += 1;
    // The same words twice in a row are news too: a no-break space makes them differ.
    const fresh = times.current % 2 === 0 ? words : `${words}\u00a0`;
    setSaid((before) => ({ ...before, [urgency]: fresh }));
  }, []);
  const value = useMemo(() => announce, [announce]);
  return (
    <AnnounceContext value={value}>
      {children}
      <div className={styles.hidden} role="status" aria-live="polite">
        {said.polite}
      </div>
      <div className={styles.hidden} role="alert" aria-live="assertive">
        {said.assertive}
      </div>
    </AnnounceContext>
  );
}
