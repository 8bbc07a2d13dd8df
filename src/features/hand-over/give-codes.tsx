import { useEffect, useMemo, useState } from 'react';
import { frameOrder } from '../../domain/sync/bundle-frames.ts';
import { QrCode } from '../../parts/qr-code.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ActionRow } from '../../ui/stack.tsx';
import { useMedia } from '../../ui/use-media.ts';
import styles from './hand-over.module.css';

/** A good camera reads each code; a slow phone takes some of them in a later round. */
const quickMs = 160;
const slowMs = 450;

/** The codes of a hand-over, one after the other, round after round, until the other phone has them all. */
export function GiveCodes({ frames, onClose }: { readonly frames: readonly string[]; readonly onClose: () => void }) {
  const calm = useMedia('(prefers-reduced-motion: reduce)');
  const [slow, setSlow] = useState(calm);
  const [paused, setPaused] = useState(false);
  const [shown, setShown] = useState(0);
  useScreenOn();
  useEffect(() => {
    if (paused || frames.length === 1) return undefined;
    const timer = setInterval(() => setShown((at) => at + 1), slow ? slowMs : quickMs);
    return () => clearInterval(timer);
  }, [paused, slow, frames]);
  const round = Math.floor(shown / frames.length);
  const order = useMemo(() => frameOrder(frames.length, round), [frames, round]);
  const at = order[shown % frames.length] ?? 0;
  return (
    <Dialog title="Give by codes" onClose={onClose}>
      <p>
        The other phone opens <strong>Hand over</strong> and reads these codes with its camera. Hold still until it has
        all of them. Turn this screen’s brightness up.
      </p>
      <div className={styles.code}>
        <QrCode text={frames[at] ?? ''} label={`Code ${at + 1} of ${frames.length}`} ecc="low" className={styles.qr} />
      </div>
      <p className={styles.count}>
        Code {at + 1} of {frames.length} · round {round + 1}
        {paused ? ' · paused' : ''}
      </p>
      {frames.length === 1 ? null : (
        <ActionRow>
          <Button onClick={() => setPaused(!paused)}>{paused ? 'Go on' : 'Pause'}</Button>
          <Button aria-pressed={slow} onClick={() => setSlow(!slow)}>
            {slow ? 'Faster' : 'Slower'}
          </Button>
        </ActionRow>
      )}
      <Button onClick={onClose}>The other phone has all of them</Button>
    </Dialog>
  );
}

/** Keeps the screen from going dark where the browser lets a page ask for that. */
function useScreenOn(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return undefined;
    let over = false;
    let lock: WakeLockSentinel | null = null;
    // refused on a low battery: then the person touches the screen
    navigator.wakeLock.request('screen').then(
      (held) => {
        lock = held;
        if (over) void held.release();
      },
      () => undefined,
    );
    return () => {
      over = true;
      void lock?.release();
    };
  }, []);
}
