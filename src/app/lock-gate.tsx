import { useCallback, useEffect, useState } from 'react';
import { locksAfter } from '../domain/access/screen-lock.ts';
import type { Millis } from '../domain/time.ts';
import { usePorts } from '../parts/ports.tsx';
import { useScreenLock } from '../parts/screen-lock.ts';
import { later } from '../ui/later.tsx';
import styles from './lock-gate.module.css';

const LockScreen = later(async () => (await import('./lock-screen.tsx')).LockScreen);

/**
 * Shows the app once its PIN was given, where one is set: at opening, and again after the app was out of sight for as long as
 * the person chose. What was being typed stays behind it; what the phone sends and receives goes on.
 */
export function LockGate({ children }: { readonly children: React.ReactNode }) {
  const lock = useScreenLock();
  const { away, endAway } = useTimeAway();
  const [wasOpen, setWasOpen] = useState(false);
  useEffect(() => {
    if (lock !== null) return;
    // a lock that is set while the app is open does not shut it at once
    setWasOpen(true);
    endAway();
  }, [lock, away, endAway]);
  if (lock === undefined) return null;
  const shown = lock === null || (wasOpen && (away === null || !locksAfter(lock, away)));
  const unlock = () => {
    endAway();
    setWasOpen(true);
  };
  return (
    <>
      {shown ? null : <LockScreen onOpen={unlock} />}
      <div className={styles.behind} hidden={!shown} inert={!shown}>
        {shown || wasOpen ? children : null}
      </div>
    </>
  );
}

/** The longest time out of sight since it was last ended, null where there was none. */
function useTimeAway(): { readonly away: Millis | null; readonly endAway: () => void } {
  const { clock } = usePorts();
  const [away, setAway] = useState<Millis | null>(null);
  useEffect(() => {
    let left: { readonly wall: Millis; readonly run: Millis } | null = null;
    const onChange = () => {
      if (document.visibilityState === 'hidden') left = { wall: clock.now(), run: clock.monotonic() };
      else if (left !== null) {
        // the one can be set, the other stops while the device sleeps
        const gone = Math.max(clock.now() - left.wall, clock.monotonic() - left.run, 0);
        setAway((before) => Math.max(before ?? 0, gone));
        left = null;
      }
    };
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, [clock]);
  return { away, endAway: useCallback(() => setAway(null), []) };
}
