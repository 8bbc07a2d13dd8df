import { useEffect, useRef, useState } from 'react';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { openCamera, type Camera, type CameraFault } from './camera.ts';
import { cameraWords } from './camera-words.ts';
import { readCodes } from './read-codes.ts';
import { Torch } from './torch.tsx';
import styles from './code-camera.module.css';

type Seeing =
  | { readonly state: 'asking' }
  | { readonly state: 'no-camera'; readonly fault: CameraFault }
  | { readonly state: 'seeing'; readonly torch: Camera['torch'] };

type CodeCameraProps = {
  /** What else can be done where there is no camera, as a sentence. */
  readonly otherwise: string;
  /** Hears each code that the camera sees, again in every picture that shows it. */
  readonly onText: (text: string) => void;
  /** Stands below the picture. */
  readonly children: React.ReactNode;
};

/** The camera's picture, read for codes while this is shown; nothing of it leaves the page. */
export function CodeCamera({ otherwise, onText, children }: CodeCameraProps) {
  const [seeing, setSeeing] = useState<Seeing>({ state: 'asking' });
  const [attempt, setAttempt] = useState(0);
  const video = useRef<HTMLVideoElement>(null);
  const give = useRef(onText);
  useEffect(() => {
    give.current = onText;
  });
  useEffect(() => {
    const life = new AbortController();
    void see(video.current, life.signal, setSeeing, (text) => give.current(text));
    return () => life.abort();
  }, [attempt]);
  const again = () => {
    setSeeing({ state: 'asking' });
    setAttempt(attempt + 1);
  };
  return (
    <>
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
            <Button fit onClick={again}>
              Try again
            </Button>
          }
        >
          <p>
            {cameraWords[seeing.fault][1]} {otherwise}
          </p>
        </Banner>
      ) : null}
      {seeing.state === 'seeing' ? (
        <>
          {children}
          {seeing.torch === null ? null : <Torch torch={seeing.torch} />}
        </>
      ) : null}
    </>
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
