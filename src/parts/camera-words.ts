import type { CameraFault } from './camera.ts';

/** Why there is no picture: what happened, what to do. */
export const cameraWords: Readonly<Record<CameraFault, readonly [happened: string, doThis: string]>> = {
  denied: [
    'The camera is not allowed for this page.',
    'Allow it in the browser’s settings for this site, then try again.',
  ],
  none: ['No camera was found on this device.', 'Connect one and try again.'],
  busy: ['The camera does not answer.', 'Close other apps that use it, then try again.'],
  insecure: [
    'The browser gives this page no camera.',
    'It does so only for addresses that begin with https. Open the app by that address.',
  ],
};
