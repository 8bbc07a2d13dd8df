import { isSilentTooLong } from '../src/domain/access/long-silence.ts';
import type { Millis } from '../src/domain/time.ts';
import type { EnrolledDevice, Journal } from './journal/journal.ts';

/**
 * Whether this device may sign in only after a coordinator let it in again. A coordinator's own may at once, unless another one's is
 * awake to ask: a team that nobody called for two years would else be locked out on the day it was made for.
 */
export async function mustBeApproved(journal: Journal, device: EnrolledDevice, now: Millis): Promise<boolean> {
  if (!isSilentTooLong(device, now)) return false;
  const isCoordinators = async ({ id, workspace, person }: EnrolledDevice) =>
    (await journal.rights({ workspace, device: id, person }))?.access === 'coordinator';
  // most are not, and their own rights are all that is read, however many sleep
  if (!(await isCoordinators(device))) return true;
  for (const other of await journal.devices(device.workspace)) {
    const isAwake = other.revoked === null && !isSilentTooLong(other, now);
    if (isAwake && (await isCoordinators(other))) return true;
  }
  return false;
}
