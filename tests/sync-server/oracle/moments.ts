import type { SentChange, SyncRequest } from '../../../src/domain/sync/protocol.ts';
import type { Millis } from '../../../src/domain/time.ts';
import type { ModelJournal, Sender } from '../../simulation/model/model-journal.ts';
import { readStamp } from '../../simulation/model/stamp-rules.ts';
import type { Attempt } from './push.ts';

/** By how much a database's clock may be read wrong. */
const slack: Millis = 250;

/**
 * When a change arrived only the server knows. It was between sending and answer, so the moment that explains the stamp told is looked
 * for in there; where none does, the model will say so. Most devices' clocks leave no choice: then every moment gives one stamp.
 */
export function momentOf(
  model: ModelJournal,
  change: SentChange,
  sender: Sender,
  attempts: readonly Attempt[],
  told: string | null,
): { readonly request: SyncRequest; readonly arrived: Millis } {
  const time = told === null ? null : readStamp(told).at[0];
  for (const { request, sentAt, endedAt } of attempts) {
    const moments = [
      endedAt,
      ...(time === null ? [] : [time, time - Date.parse(change.wall) + Date.parse(request.clientNow)]),
    ];
    const within = moments.filter((moment) => moment >= sentAt - slack && moment <= endedAt + slack);
    const arrived = within.find((moment) => model.stampOf(change, request, sender, moment) === told);
    if (arrived !== undefined) return { request, arrived };
  }
  const last = attempts.at(-1);
  if (last === undefined) throw new Error('a verdict on what was never sent');
  keepUnheard(model, change, sender, attempts, told);
  return { request: last.request, arrived: last.endedAt };
}

/** Refused by an attempt that nobody heard of, it keeps the stamp of that time, by what was then the last stamp given. */
function keepUnheard(
  model: ModelJournal,
  change: SentChange,
  { person }: Sender,
  attempts: readonly Attempt[],
  told: string | null,
): void {
  if (told === null || attempts.length < 2 || model.held.has(change.id)) return;
  const { at, device } = readStamp(told);
  const [sentAt = Infinity, endedAt = 0] = [attempts[0]?.sentAt, attempts.at(-1)?.endedAt];
  if (at[0] >= sentAt - slack && at[0] <= endedAt + slack) model.refuse(change, device, told, person);
}
