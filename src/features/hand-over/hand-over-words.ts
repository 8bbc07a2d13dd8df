import type { HandedOver, HandOverSummary, PackFault, TakeFault } from '../../domain/ports/hand-over.ts';
import type { PersonId } from '../../domain/ids.ts';
import { unreachable } from '../../domain/result.ts';
import { counted } from '../../parts/amount-words.ts';
import { storageFaultWords } from '../../parts/fault-words.ts';
import { kindsInWords } from '../../parts/kind-words.ts';
import { nameOf, type People } from '../../parts/use-people.ts';

/** One line per author: who, how much of it is new here, and what. */
export function fromInWords(from: HandedOver, people: People): string {
  const who = nameOf(people, from.person as PersonId | null);
  if (from.news === 0) return `${who}: ${counted(from.changes, 'change')}, here already`;
  const here = from.changes - from.news;
  return `${who}: ${kindsInWords(from.kinds)}${here === 0 ? '' : `; ${here.toLocaleString('en')} here already`}`;
}

/** The answer at the top: what would be taken over. */
export function summaryInWords({ changes, news }: HandOverSummary): string {
  if (changes === 0) return 'There is nothing in it.';
  if (news === 0) return 'Everything in it is on this phone already.';
  return news === changes
    ? `${counted(news, 'change')}, not on this phone yet.`
    : `${news.toLocaleString('en')} of ${counted(changes, 'change')} are not on this phone yet.`;
}

/** Why nothing can be given. */
export function packFaultWords(fault: PackFault): string {
  if (fault.tag === 'not-joined')
    return 'This device has not joined a workspace, so nobody could tell whose work this is. Nothing was given. Use a backup file, or join first.';
  const { happened, kept, doThis } = storageFaultWords(fault);
  return `${happened} ${kept} ${doThis}`;
}

/** Why nothing was taken: what happened, what was kept, what to do. */
export function takeFaultWords(fault: TakeFault): string {
  switch (fault.tag) {
    case 'not-joined':
      return 'This device has not joined a workspace. Nothing was taken; the giver still has it all. Join first, or let somebody of the team take it.';
    case 'not-a-hand-over':
      return 'This is no hand-over of Holdfast, or not the whole of it. Nothing was taken. Choose another file, or let it be given again.';
    case 'hand-over-newer':
      return 'A newer Holdfast made this. Nothing was taken; the giver still has it all. Update the app, then take it again.';
    case 'other-workspace':
      return 'This belongs to another workspace. Nothing was taken; the giver still has it all. Give it to somebody of that workspace.';
    case 'not-signed':
      return 'A signature in it does not fit: it was changed or damaged on its way. Nothing was taken. Let it be given again, from the phone it was made on.';
    case 'part-only':
      return 'You see a part of the plan only, so this phone carries nobody else’s work. Nothing was taken. Give it to somebody of the team.';
    case 'storage-unavailable':
    case 'storage-full':
    case 'storage-lost':
    case 'storage-evicted':
    case 'storage-blocked':
    case 'storage-newer': {
      const { happened, doThis } = storageFaultWords(fault);
      return `${happened} Nothing was taken; the giver still has it all. ${doThis}`;
    }
    default:
      return unreachable(fault);
  }
}
