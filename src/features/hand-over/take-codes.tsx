import { useEffect, useRef, useState } from 'react';
import { assembled, collect, nothingCollected, type Collected } from '../../domain/sync/bundle-frames.ts';
import { unreachable } from '../../domain/result.ts';
import { openCamera, type Camera, type CameraFault } from '../../parts/camera.ts';
import { cameraWords } from '../../parts/camera-words.ts';
import { readCodes } from '../../parts/read-codes.ts';
import { Torch } from '../../parts/torch.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { fromCodes } from './code-payload.ts';
import styles from './hand-over.module.css';

type Reading =
  | { readonly state: 'asking' }
  | { readonly state: 'no-camera'; readonly fault: CameraFault }
  | { readonly state: 'reading'; readonly torch: Camera['torch'] }
  /** The codes came whole, and this browser makes nothing of them. */
  | { readonly state: 'unreadable' };

/** Reads a run of codes from another phone's screen; `onText` gets the hand-over once all of them were seen. */
export function TakeCodes({
  onText,
  onClose,
}: {
  readonly onText: (text: string) => void;
  readonly onClose: () => void;
}) {
  const [reading, setReading] = useState<Reading>({ state: 'asking' });
  const [collected, setCollected] = useState<Collected>(nothingCollected);
  const [attempt, setAttempt] = useState(0);
  const video = useRef<HTMLVideoElement>(null);
  const give = useRef(onText);
  useEffect(() => {
    give.current = onText;
  });
  useEffect(() => {
    const life = new AbortController();
    void run(video.current, life.signal, {
      onReading: setReading,
      onCollected: setCollected,
      onText: (text) => give.current(text),
    });
    return () => life.abort();
  }, [attempt]);
  return (
    <Dialog title="Read codes" onClose={onClose}>
      <video ref={video} className={styles.video} hidden={reading.state !== 'reading'} muted playsInline />
      <ReadingState
        reading={reading}
        collected={collected}
        onAgain={() => {
          setReading({ state: 'asking' });
          setCollected(nothingCollected);
          setAttempt(attempt + 1);
        }}
      />
    </Dialog>
  );
}

function ReadingState({
  reading,
  collected,
  onAgain,
}: {
  readonly reading: Reading;
  readonly collected: Collected;
  readonly onAgain: () => void;
}) {
  switch (reading.state) {
    case 'asking':
      return <p role="status">The browser asks whether this page may use the camera. Allow it.</p>;
    case 'no-camera':
      return (
        <Banner tone="late" icon="warning" title={cameraWords[reading.fault][0]} action={<Again onAgain={onAgain} />}>
          <p>{cameraWords[reading.fault][1]} Or let the other phone make a file, and open that here.</p>
        </Banner>
      );
    case 'reading':
      return (
        <>
          <p>Hold the camera over the other phone’s screen, so that the code fills the square.</p>
          <ProgressBar
            label={collected.count === 0 ? 'No code seen yet' : 'Codes read'}
            done={collected.parts.size}
            of={collected.count}
            numbers={collected.count === 0 ? '' : `${collected.parts.size} of ${collected.count}`}
          />
          {reading.torch === null ? null : <Torch torch={reading.torch} />}
        </>
      );
    case 'unreadable':
      return (
        <Banner tone="late" icon="warning" title="These codes can’t be read here." action={<Again onAgain={onAgain} />}>
          <p>All of them came, but they are no hand-over, or this browser is too old. Nothing was taken. Use a file.</p>
        </Banner>
      );
    default:
      return unreachable(reading);
  }
}

function Again({ onAgain }: { readonly onAgain: () => void }) {
  return (
    <Button fit onClick={onAgain}>
      Try again
    </Button>
  );
}

type Heard = {
  readonly onReading: (reading: Reading) => void;
  readonly onCollected: (collected: Collected) => void;
  readonly onText: (text: string) => void;
};

/** Until all codes were read or `signal` aborts; the camera is off afterwards. */
async function run(video: HTMLVideoElement | null, signal: AbortSignal, heard: Heard): Promise<void> {
  const camera = await openCamera();
  if (typeof camera === 'string') {
    if (!signal.aborted) heard.onReading({ state: 'no-camera', fault: camera });
    return;
  }
  const whole = await collectFrom(video, camera, signal, heard);
  camera.stop();
  if (whole === null || signal.aborted) return;
  const text = await fromCodes(whole);
  if (signal.aborted) return;
  if (text === null) heard.onReading({ state: 'unreadable' });
  else heard.onText(text);
}

async function collectFrom(
  video: HTMLVideoElement | null,
  { stream, torch }: Camera,
  signal: AbortSignal,
  { onReading, onCollected }: Heard,
): Promise<Uint8Array | null> {
  if (video === null || signal.aborted) return null;
  const done = new AbortController();
  const stop = () => done.abort();
  signal.addEventListener('abort', stop);
  video.srcObject = stream;
  onReading({ state: 'reading', torch });
  // a dialog that is closed at once breaks off playing
  await video.play().catch(stop);
  let collected = nothingCollected;
  let whole: Uint8Array | null = null;
  await readCodes(
    video,
    (text) => {
      const next = collect(collected, text);
      if (next === collected) return;
      const all = assembled(next);
      collected = !all.ok && all.error === 'damaged' ? nothingCollected : next;
      onCollected(collected);
      if (!all.ok) return;
      whole = all.value;
      done.abort();
    },
    done.signal,
  );
  signal.removeEventListener('abort', stop);
  return whole;
}
