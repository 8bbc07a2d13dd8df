import { useEffect, useRef, useState } from 'react';
import { assembled, collect, nothingCollected, type Collected } from '../../domain/sync/bundle-frames.ts';
import { CodeCamera } from '../../parts/code-camera.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { fromCodes } from './code-payload.ts';

type TakeCodesProps = { readonly onText: (text: string) => void; readonly onClose: () => void };

/** Reads a run of codes from another phone's screen; `onText` gets the hand-over once all of them were seen. */
export function TakeCodes({ onText, onClose }: TakeCodesProps) {
  const { state, collected, onCode, again } = useTaking(onText);
  return (
    <Dialog title="Read codes" onClose={onClose}>
      {state === 'reading' ? (
        <CodeCamera otherwise="Or let the other phone make a file, and open that here." onText={onCode}>
          <p>Hold the camera over the other phone’s screen, so that the code fills the square.</p>
          <ProgressBar
            label={collected.count === 0 ? 'No code seen yet' : 'Codes read'}
            done={collected.parts.size}
            of={collected.count}
            numbers={collected.count === 0 ? '' : `${collected.parts.size} of ${collected.count}`}
          />
        </CodeCamera>
      ) : null}
      {state === 'unreadable' ? (
        <Banner
          tone="late"
          icon="warning"
          title="These codes can’t be read here."
          action={
            <Button fit onClick={again}>
              Try again
            </Button>
          }
        >
          <p>All of them came, but they are no hand-over, or this browser is too old. Nothing was taken. Use a file.</p>
        </Banner>
      ) : null}
    </Dialog>
  );
}

/** `unreadable`: the codes came whole, and this browser makes nothing of them. */
type Taking = 'reading' | 'unpacking' | 'unreadable';

function useTaking(onText: (text: string) => void) {
  const [state, setState] = useState<Taking>('reading');
  const [collected, setCollected] = useState<Collected>(nothingCollected);
  // a run comes faster than the screen is drawn
  const seen = useRef(collected);
  const isOpen = useRef(true);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);
  const hold = (next: Collected) => {
    seen.current = next;
    setCollected(next);
  };
  const unpack = async (whole: Uint8Array) => {
    setState('unpacking');
    const text = await fromCodes(whole);
    if (!isOpen.current) return;
    if (text === null) setState('unreadable');
    else onText(text);
  };
  const onCode = (text: string) => {
    const next = collect(seen.current, text);
    if (next === seen.current) return;
    const all = assembled(next);
    hold(!all.ok && all.error === 'damaged' ? nothingCollected : next);
    if (all.ok) void unpack(all.value);
  };
  const again = () => {
    hold(nothingCollected);
    setState('reading');
  };
  return { state, collected, onCode, again };
}
