import { beats, type Held } from './held.ts';
import type { ModelJournal } from './model-journal.ts';

/**
 * protocol.md, Order: for each author, the newest change that is neither the winner nor its ancestor, unless a later change of the
 * same author wins. What the server wrote is nobody's work.
 */
export function overruled(model: ModelJournal, name: string): readonly Held[] {
  const winner = model.winners.get(name);
  const kind = winner?.kind ?? '';
  if (winner === undefined || kind === 'log' || kind === 'plan-version') return [];
  // what the server took back needs no decision any more
  if (kind === 'conflict' && winner.person === null) return [];
  const ancestors = ancestorsOf(model, winner);
  const newest = new Map<string, Held>();
  for (const entry of model.histories.get(name) ?? []) {
    if (entry.person === null || entry.person === winner.person) continue;
    if (ancestors.has(entry.id)) continue;
    const known = newest.get(entry.person);
    if (known === undefined || beats(entry, known)) newest.set(entry.person, entry);
  }
  return [...newest.values()];
}

/** Who was overruled must be told, and nobody else: an open conflict is deleted when it is no longer so, a decided one stays. */
export function conflictFaults(model: ModelJournal, names: Iterable<string>): readonly string[] {
  const faults: string[] = [];
  for (const name of names) {
    const wanted = new Set(overruled(model, name).map(({ id }) => id));
    for (const entry of model.histories.get(name) ?? []) {
      const conflict = conflictOn(model, entry.id);
      if (wanted.has(entry.id) && conflict === null) faults.push(`nobody tells of ${entry.id}, which was overruled`);
      if (!wanted.has(entry.id) && conflict?.decision === 'open')
        faults.push(`an open conflict of ${entry.id}, which was not overruled`);
      if (
        wanted.has(entry.id) &&
        conflict?.decision === 'open' &&
        conflict.winner.change !== model.winners.get(name)?.id
      )
        faults.push(`the conflict of ${entry.id} names another winner than stands`);
    }
  }
  return faults;
}

type Conflict = { readonly decision: string; readonly winner: { readonly change: string } };

function conflictOn(model: ModelJournal, id: string): Conflict | null {
  return (model.winners.get(`conflict ${id}`)?.value ?? null) as Conflict | null;
}

function ancestorsOf(model: ModelJournal, from: Held): ReadonlySet<string> {
  const ancestors = new Set<string>();
  let base = from.base;
  while (base !== null && !ancestors.has(base)) {
    ancestors.add(base);
    base = model.held.get(base)?.base ?? model.refusedBase(base);
  }
  return ancestors;
}
