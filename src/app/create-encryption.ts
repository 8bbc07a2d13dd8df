import type { Membership } from '../domain/ports/device.ts';
import type { Encryption } from '../domain/ports/encryption.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import type { Result } from '../domain/result.ts';
import type { Millis } from '../domain/time.ts';
import { databaseName } from '../storage/open-database.ts';
import { readStanding } from '../storage/open-seal.ts';
import type { SealPlace } from '../storage/seal-header.ts';
import { changePassphrase, chooseSeal, turnSealOff, unsealEmptied } from '../storage/turn-seal.ts';
import { systemClock, systemRandomness } from '../sync/system-clock.ts';

const parts = { clock: systemClock, random: systemRandomness };

/** This device's own database; that of "Look around" holds nothing to encrypt. */
export function ownPlace(): SealPlace {
  return { name: databaseName, indexedDb: { indexedDB, IDBKeyRange } };
}

export function createEncryption(loadAnew: () => void): Encryption {
  const anew = async (changed: Promise<Result<void, StorageFault>>): Promise<StorageFault> => {
    const result = await changed;
    if (!result.ok) return result.error;
    loadAnew();
    return new Promise(() => undefined);
  };
  return {
    async state() {
      const standing = await readStanding(ownPlace());
      if (!standing.ok || standing.value.tag !== 'locked') return 'off';
      return standing.value.header.state === 'sealed' ? 'on' : 'unfinished';
    },
    turnOn: (passphrase) => anew(chooseSeal(ownPlace(), parts, passphrase)),
    turnOff: () => anew(turnSealOff(ownPlace())),
    change: (before, after) => changePassphrase(ownPlace(), parts, before, after),
    lock: loadAnew,
  };
}

/** In which what a wipe deletes beside the database is deleted too, before this page ends. */
const wipeMs: Millis = 1_500;

/** Whoever has this device next gives no passphrase of its last person: the seal goes with what it sealed. */
export async function endSeal(after: Membership): Promise<void> {
  if (after.state === 'wiped') await new Promise((resolve) => setTimeout(resolve, wipeMs));
  await unsealEmptied(ownPlace(), after);
  window.location.reload();
}
