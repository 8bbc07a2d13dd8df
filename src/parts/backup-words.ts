import type { RestoreFault } from '../domain/ports/device.ts';
import { unreachable } from '../domain/result.ts';
import { storageFaultWords } from './fault-words.ts';

/** Why a backup file was not taken: what happened, what was kept, what to do. */
export function restoreFaultWords(fault: RestoreFault): string {
  switch (fault.tag) {
    case 'not-a-backup':
      return `This file is not a whole Holdfast backup (${fault.detail}). Nothing of it was taken. Choose another file, or copy it again from where it was saved.`;
    case 'backup-newer':
      return 'A newer Holdfast wrote this file. Nothing of it was taken. Update the app, then bring it back.';
    case 'other-workspace':
      return 'This file belongs to another workspace. Nothing of it was taken. Bring it back on a device of that workspace, or on one that never joined.';
    case 'other-person':
      return 'This file was saved by another person’s device, and the server would take their unsent work from nobody else. Nothing of it was taken. Bring it back on a device of theirs.';
    case 'storage-unavailable':
    case 'storage-full':
    case 'storage-lost':
    case 'storage-evicted':
    case 'storage-blocked':
    case 'storage-newer': {
      const { happened, doThis } = storageFaultWords(fault);
      return `${happened} Nothing of the file was taken. ${doThis}`;
    }
    default:
      return unreachable(fault);
  }
}
