import { isSilentTooLong, needsApproval } from '../src/domain/access/long-silence.ts';
import type { PersonId } from '../src/domain/ids.ts';
import type { Millis } from '../src/domain/time.ts';
import type { EnrolledDevice, Journal } from './journal/journal.ts';

/** Whether this device may sign in only after a coordinator let it in again; looks further only where it was silent for long. */
export async function mustBeApproved(journal: Journal, device: EnrolledDevice, now: Millis): Promise<boolean> {
  if (!isSilentTooLong(device, now)) return false;
  const devices = await journal.devices(device.workspace);
  const coordinators = new Set<PersonId>();
  for (const { id, workspace, person } of devices) {
    const rights = await journal.rights({ workspace, device: id, person });
    if (rights?.access === 'coordinator') coordinators.add(person);
  }
  const others = devices.filter(({ id }) => id !== device.id);
  return needsApproval(device, others, ({ person }) => coordinators.has(person), now);
}
