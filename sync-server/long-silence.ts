import { isSilentTooLong, needsApproval } from '../src/domain/access/long-silence.ts';
import type { PersonId } from '../src/domain/ids.ts';
import type { Millis } from '../src/domain/time.ts';
import type { EnrolledDevice, Journal } from './journal/journal.ts';

/** Whether this device may sign in only after a coordinator let it in again; looks further only where it was silent for long. */
export async function mustBeApproved(journal: Journal, device: EnrolledDevice, now: Millis): Promise<boolean> {
  if (!isSilentTooLong(device, now)) return false;
  const coordinators = new Set<PersonId>();
  const askAbout = async ({ id, workspace, person }: EnrolledDevice) => {
    const rights = await journal.rights({ workspace, device: id, person });
    if (rights?.access === 'coordinator') coordinators.add(person);
  };
  await askAbout(device);
  // most are not, and their own rights are all that is read, however many sleep
  if (coordinators.size === 0) return true;
  const others = (await journal.devices(device.workspace)).filter(
    (other) => other.id !== device.id && other.revoked === null && !isSilentTooLong(other, now),
  );
  for (const other of others) await askAbout(other);
  return needsApproval(device, others, ({ person }) => coordinators.has(person), now);
}
