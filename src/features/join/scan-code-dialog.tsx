import { useEffect, useRef, useState } from 'react';
import { openCamera, type Camera, type CameraFault } from '../../parts/camera.ts';
import { cameraWords } from '../../parts/camera-words.ts';
import { readCodes } from '../../parts/read-codes.ts';
import { Torch } from '../../parts/torch.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { scannedCode, type Scanned } from './scanned-code.ts';
import styles from './join.module.css';

type Seeing =
  | { readonly state: 'asking' }
  | { readonly state: 'no-camera'; readonly fault: CameraFault }
  | { readonly state: 'seeing'; readonly torch: Camera['torch'] };

/** What the camera sees that is no invitation of this server, in words. */
const otherWords: Readonly<Record<Exclude<Scanned['tag'], 'code'>, string>> = {
  'other-server':
    'This code belongs to another server. Open its address with the camera of your phone, or ask your coordinator.',
  'role-card': 'This is the code of a role card, not an invitation. It opens the role once you have joined.',
  other: 'This is no invitation. Look for the code on your join sheet or on your coordinator’s screen.',
};

/** Reads the QR code of an invitation through the camera; what it shows goes nowhere but into this page. */
export function ScanCodeDialog({
  onCode,
  onClose,
}: {
  readonly onCode: (code: string) => void;
  readonly onClose: () => void;
}) {
  const [seeing, setSeeing] = useState<Seeing>({ state: 'asking' });
  const [other, setOther] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const video = useRef<HTMLVideoElement>(null);
  const give = useRef(onCode);
  useEffect(() => {
    give.current = onCode;
  });
  useEffect(() => {
    const life = new AbortController();
    const onText = (text: string) => {
      const scanned = scannedCode(text, window.location.origin);
      if (scanned.tag !== 'code') return setOther(otherWords[scanned.tag]);
      life.abort();
      return give.current(scanned.code);
    };
    void see(video.current, life.signal, setSeeing, onText);
    return () => life.abort();
  }, [attempt]);
  return (
    <Dialog title="Scan a code" onClose={onClose}>
      <video ref={video} className={styles.video} hidden={seeing.state !== 'seeing'} muted playsInline />
      {seeing.state === 'asking' ? (
        <p role="status">The browser asks whether this page may use the camera. Allow it.</p>
      ) : null}
      {seeing.state === 'no-camera' ? (
        <Banner
          tone="late"
          icon="warning"
          title={cameraWords[seeing.fault][0]}
          action={
            <Button
              fit
              onClick={() => {
                setSeeing({ state: 'asking' });
                setAttempt(attempt + 1);
              }}
            >
              Try again
            </Button>
          }
        >
          <p>{cameraWords[seeing.fault][1]} Or type the code that stands below the picture.</p>
        </Banner>
      ) : null}
      {seeing.state === 'seeing' ? (
        <>
          <p role="status">{other ?? 'Hold the camera over the code, so that it fills the square.'}</p>
          {seeing.torch === null ? null : <Torch torch={seeing.torch} />}
        </>
      ) : null}
    </Dialog>
  );
}

/** Until `signal` aborts; the camera is off afterwards. */
async function see(
  video: HTMLVideoElement | null,
  signal: AbortSignal,
  onSeeing: (seeing: Seeing) => void,
  onText: (text: string) => void,
): Promise<void> {
  const camera = await openCamera();
  if (typeof camera === 'string') {
    if (!signal.aborted) onSeeing({ state: 'no-camera', fault: camera });
    return;
  }
  if (video !== null && !signal.aborted) {
    video.srcObject = camera.stream;
    onSeeing({ state: 'seeing', torch: camera.torch });
    // a dialog that is closed at once breaks off playing
    const plays = await video.play().then(
      () => true,
      () => false,
    );
    if (plays) await readCodes(video, onText, signal);
  }
  camera.stop();
}
