import type { DeviceId } from '../ids.ts';

/*
 * The exact texts that a device's key signs (protocol.md, The other endpoints). `origin` is the page's own, like
 * `https://plan.example`; the server accepts only its PUBLIC_URL's.
 */

/** Signed at `POST /api/enrol`; `code` stands as it stands in the request. */
export function enrolMessage(origin: string, code: string): string {
  return `holdfast-enrol-1\n${origin}\n${code}`;
}

/** What the old key of a clone signs, for `previous.signature`: the same text as the new key, whose code is the session's token (protocol.md, Clones). */
export function previousMessage(origin: string, token: string): string {
  return enrolMessage(origin, token);
}

/** Signed at `POST /api/session`, over the nonce of a challenge. */
export function sessionMessage(origin: string, device: DeviceId, nonce: string): string {
  return `holdfast-session-1\n${origin}\n${device}\n${nonce}`;
}
