import type { LostRecords } from '../domain/ports/lost-records.ts';
import type { StorageParts } from './write-changes.ts';

/** The `LostRecords` port over the phone's database. Needed once in years: its code is loaded when it is asked for. */
export function createLostRecords(parts: StorageParts): LostRecords {
  const loaded = () => import('./put-back.ts');
  return {
    all: {
      subscribe(onValue, onFault) {
        let stop: (() => void) | null = null;
        let left = false;
        void loaded().then(({ watchLost }) => {
          if (!left) stop = watchLost(parts).subscribe(onValue, onFault);
        });
        return () => {
          left = true;
          stop?.();
        };
      },
    },
    putBack: async (changes) => (await loaded()).putBack(parts, changes),
  };
}
