import { minute, type Millis } from '../time.ts';

/**
 * The lock of this device's screen. A curtain, not a safe: it keeps those away who pick the phone up, and encrypts nothing, so whoever
 * can read the browser's files can read what it hides. Wrong tries slow down, and never delete anything.
 */
export type ScreenLock = {
  /** 16 bytes, base64url. */
  readonly salt: string;
  /** PBKDF2 with SHA-256 of the PIN, base64url. */
  readonly proof: string;
  readonly rounds: number;
  /** How long the app may be out of sight before it locks; 0: at once. */
  readonly after: Millis;
  /** Wrong tries since it was last opened. */
  readonly misses: number;
  /** When the last of them was, by the device's clock. */
  readonly missedAt: Millis;
};

/** The device's setting that holds it; neither written into a backup file nor taken from one. */
export const lockSetting = 'lock';

export const lockDelays: readonly Millis[] = [0, minute, 5 * minute, 15 * minute];

/** Digits only: a phone's pad for numbers, with gloves. */
export const pinForm = /^\d{4,12}$/;

const freeMisses = 4;
const firstWait = 15_000;
const longestWait = 15 * minute;

/** How long nobody may try again after so many misses: the fifth costs 15 s, each further one twice as much, up to 15 minutes. */
function waitAfter(misses: number): Millis {
  return misses <= freeMisses ? 0 : Math.min(longestWait, firstWait * 2 ** (misses - freeMisses - 1));
}

/** Until the next try; 0 = now. A miss from the future was noted by a clock that is wrong no more, or is now: it makes nobody wait. */
export function waitLeft({ misses, missedAt }: Pick<ScreenLock, 'misses' | 'missedAt'>, now: Millis): Millis {
  return missedAt > now ? 0 : Math.max(0, missedAt + waitAfter(misses) - now);
}

/** Whether an app that was out of sight for so long asks for the PIN again. */
export function locksAfter({ after }: Pick<ScreenLock, 'after'>, away: Millis): boolean {
  return away >= after;
}

/** As it is kept; null for what is no lock, which then is none. */
export function readScreenLock(text: string | null): ScreenLock | null {
  if (text === null) return null;
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null && isLock(read as Record<string, unknown>)
      ? (read as ScreenLock)
      : null;
  } catch {
    return null;
  }
}

function isLock(read: Record<string, unknown>): boolean {
  const texts = ['salt', 'proof'].every((name) => typeof read[name] === 'string');
  return texts && ['rounds', 'after', 'misses', 'missedAt'].every((name) => Number.isSafeInteger(read[name]));
}
