import { useMemo } from 'react';
import { lockSetting, readScreenLock, waitLeft, type ScreenLock } from '../domain/access/screen-lock.ts';
import type { Device } from '../domain/ports/device.ts';
import { readLive } from '../domain/ports/read-live.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import type { Clock, Randomness } from '../domain/ports/sync-store.ts';
import type { Result } from '../domain/result.ts';
import { base64url, fromBase64url } from '../domain/sync/base64url.ts';
import type { Millis } from '../domain/time.ts';
import { useSetting } from './use-live.ts';

/** So that a PIN, which many people use elsewhere too, is not read off the disk in a moment. */
const rounds = 300_000;

/** Null: none is set. */
export function useScreenLock(): ScreenLock | null | undefined {
  const kept = useSetting(lockSetting);
  return useMemo(() => (kept === undefined ? undefined : readScreenLock(kept)), [kept]);
}

type SetPin = { readonly pin: string; readonly after: Millis };

export async function setPin(
  device: Device,
  random: Randomness,
  { pin, after }: SetPin,
): Promise<Result<void, StorageFault>> {
  const salt = base64url(random.bytes(16));
  const lock: ScreenLock = {
    ...{ salt, rounds, after, misses: 0, missedAt: 0 },
    proof: await proofOf(pin, salt, rounds),
  };
  return device.setSetting(lockSetting, JSON.stringify(lock));
}

export function setDelay(device: Device, after: Millis): Promise<Result<void, StorageFault>> {
  return editLock(device, (lock) => ({ ...lock, after }));
}

export function removeLock(device: Device): Promise<Result<void, StorageFault>> {
  return device.setSetting(lockSetting, null);
}

/** `wait`: how long until the next try. */
export type Tried = { readonly opened: true } | { readonly opened: false; readonly wait: Millis };

/**
 * Tries a PIN. Each try counts as a miss on the disk before it is looked at, so that ending the app in between gives no further
 * one. Where nothing can be written, a right PIN still opens.
 */
export async function tryPin(device: Device, clock: Clock, pin: string): Promise<Tried> {
  const kept = await readLive(device.setting(lockSetting));
  const lock = kept.ok ? readScreenLock(kept.value) : null;
  if (lock === null) return { opened: true };
  const now = clock.now();
  const wait = waitLeft(lock, now);
  if (wait > 0) return { opened: false, wait };
  const missed = ({ misses }: ScreenLock) => ({ misses: misses + 1, missedAt: now });
  await editLock(device, (stands) => ({ ...stands, ...missed(stands) }));
  if ((await proofOf(pin, lock.salt, lock.rounds)) !== lock.proof)
    return { opened: false, wait: waitLeft(missed(lock), now) };
  await editLock(device, (stands) => ({ ...stands, misses: 0, missedAt: 0 }));
  return { opened: true };
}

function editLock(device: Device, edit: (lock: ScreenLock) => ScreenLock): Promise<Result<void, StorageFault>> {
  return device.editSetting(lockSetting, (text) => {
    const lock = readScreenLock(text);
    return lock === null ? null : JSON.stringify(edit(lock));
  });
}

async function proofOf(pin: string, salt: string, iterations: number): Promise<string> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits']);
  const salted = new Uint8Array(fromBase64url(salt) ?? []);
  const bits = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt: salted, iterations }, key, 256);
  return base64url(new Uint8Array(bits));
}
