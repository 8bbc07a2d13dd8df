export type CameraFault =
  /** The person, or a rule of the device, does not let this page see through the camera. */
  | 'denied'
  /** No camera here. */
  | 'none'
  /** Another app has it, or it broke. */
  | 'busy'
  /** This page may not ask: it was not opened by https. */
  | 'insecure';

export type Camera = {
  readonly stream: MediaStream;
  /** Null where this camera has no light. */
  readonly torch: ((on: boolean) => Promise<void>) | null;
  readonly stop: () => void;
};

/** The camera at the back where there is one. */
export async function openCamera(): Promise<Camera | CameraFault> {
  const { mediaDevices } = navigator as { readonly mediaDevices?: MediaDevices };
  if (mediaDevices === undefined) return 'insecure';
  try {
    const stream = await mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    const [track] = stream.getVideoTracks();
    return { stream, torch: torchOf(track), stop: () => stream.getTracks().forEach((each) => each.stop()) };
  } catch (error) {
    return faultOf(error);
  }
}

/** The light is missing from TypeScript's own types. */
type WithTorch = { readonly torch?: boolean };

function torchOf(track: MediaStreamTrack | undefined): Camera['torch'] {
  if (track === undefined || typeof track.getCapabilities !== 'function') return null;
  if ((track.getCapabilities() as WithTorch).torch !== true) return null;
  return (on) => track.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet & WithTorch] });
}

function faultOf(error: unknown): CameraFault {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'none' : 'busy';
}
