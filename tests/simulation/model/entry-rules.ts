import type { JournalEntry, Outcome } from '../../../src/domain/sync/protocol.ts';
import { heldFrom } from './held.ts';
import { serverDevice, type Foretold, type ModelJournal } from './model-journal.ts';
import { readStamp } from './stamp-rules.ts';

/** Follows the next entry of the server's journal, and says what is wrong about it. */
export function takeIn(model: ModelJournal, entry: JournalEntry): readonly string[] {
  const faults: string[] = [];
  const { device, person } = entry.author;
  const isAuthors = device === readStamp(entry.change.stamp).device && person === model.devices.get(device)?.person;
  if (device !== serverDevice && !isAuthors) faults.push(`${String(person)} is no author of ${entry.change.id}`);
  if (entry.seq !== model.seq + 1) faults.push(`entry ${String(entry.seq)} after ${String(model.seq)}`);
  if (model.held.has(entry.change.id)) faults.push(`${entry.change.id} is in the journal twice`);
  const name = `${entry.change.kind} ${entry.change.key}`;
  const stands = model.winners.get(name);
  model.follow(heldFrom(entry, entry.outcome === 'applied' ? entry.seq : (stands?.seq ?? entry.seq)));
  if ((model.winners.get(name)?.seq === entry.seq) !== (entry.outcome === 'applied'))
    faults.push(`entry ${String(entry.seq)} is ${entry.outcome} in the journal`);
  return faults;
}

/** A verdict as it was told, against the one that protocol.md wants. */
export function verdictFaults(
  foretold: Foretold,
  { id, outcome, stamp, seq, reason }: Omit<Outcome, 'winner'>,
  what: string,
): readonly string[] {
  const faults: string[] = [];
  const told = `${what}: ${outcome} ${reason?.code ?? ''} ${String(stamp)}`;
  if (id !== foretold.id) faults.push(`a verdict out of order: ${told}`);
  if (foretold.stamp !== stamp) faults.push(`${told}, where the stamp must be ${String(foretold.stamp)}`);
  if (foretold.outcome === 'unknown') return faults;
  if (foretold.outcome !== outcome || (foretold.code ?? undefined) !== reason?.code)
    faults.push(`${told}, where protocol.md says ${foretold.outcome} ${foretold.code ?? ''}`);
  if (foretold.seq !== null && foretold.seq !== seq)
    faults.push(`${told}: seq ${String(seq)}, not ${String(foretold.seq)}`);
  return faults;
}

/** `winner` is today's; of what a device relays, only where it is among the records that it has `seen`. */
export function winnerFaults(
  model: ModelJournal,
  { id, outcome, winner }: Outcome,
  seen: ReadonlySet<string> | null,
): readonly string[] {
  const held = id === null ? undefined : model.held.get(id);
  if (outcome === 'refused' || held === undefined) return [];
  const name = `${held.kind} ${held.key}`;
  if (seen !== null && !seen.has(name))
    return winner === null ? [] : [`winner ${winner} of ${name} told to a stranger`];
  const stands = model.winners.get(name);
  return stands?.id === winner ? [] : [`winner ${String(winner)} told, ${String(stands?.id)} won`];
}
