import type { IncidentId } from '../ids.ts';
import { millis } from '../time.ts';
import type { Incident } from './incident.ts';

export type KnownIncident = {
  readonly id: IncidentId;
  readonly incident: Incident;
  /** No server took it: it is on this device alone. */
  readonly refused?: true;
};

/**
 * The incident that screens open: the chosen one while it is known (its successor where it was merged), else the latest
 * active real incident, else the latest active exercise, else the last that was closed. An exercise never takes the place of
 * a real incident by itself (product.md, Incident).
 */
export function currentIncident(known: readonly KnownIncident[], chosen: IncidentId | null): KnownIncident | null {
  const wanted = chosen === null ? null : follow(known, chosen);
  if (wanted !== null) return wanted;
  const standing = known.filter(({ incident }) => incident.mergedInto === null);
  return (
    [...standing].sort(
      (a, b) => weight(b) - weight(a) || millis(b.incident.startedAt) - millis(a.incident.startedAt),
    )[0] ?? null
  );
}

/** Active real incidents that somebody who looks at `current` must hear of: one that started later, or any while that is none that others work in. */
export function otherRealIncidents(
  known: readonly KnownIncident[],
  current: KnownIncident | null,
): readonly KnownIncident[] {
  return known.filter(
    ({ id, incident, refused }) =>
      id !== current?.id &&
      refused === undefined &&
      incident.mode === 'incident' &&
      incident.status === 'active' &&
      incident.mergedInto === null &&
      (current === null ||
        current.refused !== undefined ||
        current.incident.mode === 'exercise' ||
        current.incident.status === 'closed' ||
        incident.startedAt > current.incident.startedAt),
  );
}

function follow(known: readonly KnownIncident[], from: IncidentId): KnownIncident | null {
  let id = from;
  // A ring of merges can come out of two concurrent ones; it must not hold a screen.
  for (let step = 0; step <= known.length; step += 1) {
    const found = known.find((each) => each.id === id);
    if (found === undefined || found.incident.mergedInto === null) return found ?? null;
    id = found.incident.mergedInto;
  }
  return null;
}

function weight({ incident, refused }: KnownIncident): number {
  return (incident.status === 'active' ? 4 : 0) + (incident.mode === 'incident' ? 2 : 0) + (refused ? 0 : 1);
}
