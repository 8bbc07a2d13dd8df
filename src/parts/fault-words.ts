import type { WriteFault } from '../domain/ports/records.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { unreachable } from '../domain/result.ts';
import { sentence } from '../domain/sentence.ts';

export type FaultWords = {
  readonly happened: string;
  readonly kept: string;
  readonly doThis: string;
};

/** What could not be done: opening the app, showing what is there, keeping what others report, or saving what a person did. */
export type FaultMoment = 'opening' | 'reading' | 'receiving' | 'saving';

/** A storage fault as look.md asks: what happened, what was kept, what to do. */
export function storageFaultWords(fault: StorageFault, moment: FaultMoment = 'saving'): FaultWords {
  switch (fault.tag) {
    case 'storage-unavailable':
      return {
        happened: 'This browser does not let Holdfast keep anything on this device.',
        kept: 'Nothing can be saved here. That is so in private windows and in Lockdown Mode.',
        doThis:
          'Open Holdfast in an ordinary window, or allow this site in Lockdown Mode. Until then work from your paper role card.',
      };
    case 'storage-full':
      return {
        happened: 'The storage of this device is full.',
        kept: keptWhenFull[moment],
        doThis: 'Delete photos, videos or apps you do not need, then try again.',
      };
    case 'storage-lost':
      return {
        happened: 'The browser closed the storage of this app and did not open it again.',
        kept: 'What was saved before is still on this device.',
        doThis: 'Try again. If that does not help, close the app fully and open it again.',
      };
    case 'storage-evicted':
      return {
        happened: 'The browser deleted what Holdfast kept on this device.',
        kept: 'What was sent is on the server. What was not sent is gone from here, unless you saved it into a file.',
        doThis: `Work from your paper role card. To come back, ${moment === 'opening' ? 'begin anew here' : 'open Holdfast again'} and join with a new code from your coordinator, or bring your backup file back.`,
      };
    case 'storage-blocked':
      return {
        happened: 'Holdfast is open in another tab with an older version.',
        kept: 'Everything that was saved is still here.',
        doThis: 'Close the other Holdfast tabs, then try again.',
      };
    case 'storage-newer':
      return {
        happened: 'A newer Holdfast has worked on this device.',
        kept: 'Everything that was saved is still here; this older version leaves it alone.',
        doThis: 'Reload this page. If that does not help, go online once and reload again.',
      };
    default:
      return unreachable(fault);
  }
}

const keptWhenFull: Readonly<Record<FaultMoment, string>> = {
  opening: 'Everything that was saved before is still here, but Holdfast needs a little room to open it.',
  reading: 'Everything that was saved before is still here.',
  receiving: 'What is on this device is kept. What others report stays on the server until there is room here.',
  saving: 'Everything that was saved before is still here. The last change was not saved.',
};

/** Why something was not saved, in one sentence. */
export function writeFaultWords(fault: WriteFault): string {
  switch (fault.tag) {
    case 'too-large':
      return `Not saved: this is too long (${kib(fault.bytes)} of at most ${kib(fault.most)}). Shorten it and save again.`;
    case 'invalid':
      return sentence(`Not saved: ${fault.faults.join('; ')}`);
    case 'read-only':
      return 'Not saved: a newer Holdfast wrote this. Update the app, then change it.';
    case 'no-author':
      return 'Not saved: Holdfast was emptied on this device meanwhile. Write this down somewhere else.';
    default: {
      const words = storageFaultWords(fault);
      return `Not saved. ${words.happened} ${words.doThis}`;
    }
  }
}

function kib(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KiB`;
}
