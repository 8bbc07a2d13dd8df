import type { SentChange } from '../../../src/domain/sync/protocol.ts';
import type { ModelJournal } from '../../simulation/model/model-journal.ts';
import { sorted } from '../../simulation/model/held.ts';

type Decided = { readonly overruled: unknown } | null;

/**
 * protocol.md, Order: who was overruled and coordinators write `decision`. Null where the text leaves it open: a conflict that the server
 * took back meanwhile, or wrote anew after a backup was put back, when its change may have been given another stamp.
 */
export function mayDecide(
  model: ModelJournal,
  change: SentChange,
  person: string,
  stamp: string | null,
): boolean | null {
  const overruled = model.held.get(change.key);
  if (overruled === undefined) return null;
  const levels = [model.levelNow(person), stamp === null ? null : model.levelAt(person, stamp)];
  if (overruled.person !== person && !levels.includes('coordinator')) return false;
  const stands = (model.winners.get(`conflict ${change.key}`)?.value ?? null) as Decided;
  const isOnThis = sorted(stands?.overruled) === sorted((change.value as Decided)?.overruled);
  return stands === null || !isOnThis ? null : true;
}
