import type { KnownIncident } from '../domain/incident/current-incident.ts';
import { parseIncidentId } from '../domain/ids.ts';
import type { RefusedChange, Shown } from '../domain/ports/records.ts';
import type { Kind } from '../domain/sync/kinds.ts';

/*
 * What a server refused stands over no record (protocol.md, Order). An incident that was begun on this device alone would so be
 * gone with everything in it; it is kept to be read, apart from what stands.
 */

/** Incidents of this device that a server refused and that stand nowhere. */
export function refusedIncidents(
  refused: readonly RefusedChange[],
  standing: readonly KnownIncident[],
): readonly KnownIncident[] {
  return withKept<'incident'>([], refused, 'incident', '').flatMap(({ key, value }) => {
    const id = parseIncidentId(key);
    if (value === null || !id.ok || standing.some((each) => each.id === id.value)) return [];
    return [{ id: id.value, incident: value, refused: true }];
  });
}

/** The records of a kind, with this device's refused ones where nothing stands; in key order. */
export function withKept<K extends Kind>(
  shown: readonly Shown<K>[],
  refused: readonly RefusedChange[],
  kind: K,
  prefix: string,
): readonly Shown<K>[] {
  const kept = new Map<string, Shown<K>>();
  for (const { key, value, change, author, wall, ...each } of [...refused].sort((a, b) => a.n - b.n)) {
    if (each.kind !== kind || !key.startsWith(prefix)) continue;
    kept.set(key, {
      kind,
      key,
      value,
      change,
      author,
      at: wall,
      stamp: null,
      unsent: false,
      readOnly: false,
    } as Shown<K>);
  }
  for (const { key } of shown) kept.delete(key);
  if (kept.size === 0) return shown;
  return [...shown, ...kept.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
