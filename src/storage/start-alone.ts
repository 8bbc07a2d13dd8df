import type { Device } from '../domain/ports/device.ts';
import type { PersonId } from '../domain/ids.ts';
import { uuid7, uuid7Bytes } from '../domain/sync/uuid7.ts';
import { ensureKey } from './device-key.ts';
import { readOwnState } from './own-state.ts';
import { addChanges, putEntries, readyDraft, type StorageParts } from './write-changes.ts';
import { withoutValue } from './without-value.ts';

/** See `Device.startAlone`. A device that is alone or a member already stays what it is. */
export async function startAlone(
  parts: StorageParts & { readonly crypto: Crypto },
  personName: string,
): ReturnType<Device['startAlone']> {
  const key = await ensureKey(parts, 'live');
  if (!key.ok) return key;
  const person = newPerson(parts);
  const name = personName.trim().slice(0, 200);
  const draft = readyDraft(parts, { kind: 'person', key: person, value: { name, contacts: [] }, shown: null });
  return withoutValue(
    await parts.database.writeStrict(['own', 'outbox'], async (tables) => {
      const own = await readOwnState(tables);
      if (own.membership.state === 'alone' || own.membership.state === 'member') return;
      const membership = { state: 'alone', person, device: key.value.device } as const;
      // Without a name there is nothing to record of the person yet.
      const added = addChanges(parts, own, membership, draft.ok ? [draft.value] : []);
      await putEntries(tables, added.entries, []);
      await tables.own.bulkPut([{ name: 'membership', value: membership }, added.own.clock, added.own.pulse]);
    }),
  );
}

/** Random, so that no text in a value equals it by chance (see adopt-membership.ts). */
export function newPerson({ clock, random }: StorageParts): PersonId {
  return uuid7(clock.now(), random.bytes(uuid7Bytes)) as string as PersonId;
}
