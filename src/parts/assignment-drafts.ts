import type { PersonId, RoleId } from '../domain/ids.ts';
import type { Draft } from '../domain/ports/records.ts';
import type { Randomness } from '../domain/ports/sync-store.ts';
import { sentence } from '../domain/sentence.ts';
import { recordKey } from '../domain/sync/kinds.ts';
import { instant, type Millis } from '../domain/time.ts';
import type { IncidentView } from './incident.tsx';
import { newLogEntry } from './new-log-entry.ts';
import { roleTitle } from './role-badge.tsx';
import { nameOf } from './use-people.ts';

export type Handover = {
  readonly role: RoleId;
  /** Whose work in the role ends now. */
  readonly from: PersonId | null;
  /** Whose begins. */
  readonly to: PersonId | null;
  readonly note: string | null;
  /** Who is to take it themselves: named in the log and in what ends. */
  readonly offeredTo?: PersonId | null;
  /** The one who begins works beside the others on purpose. */
  readonly asTeam?: boolean;
};

/** A change of who works in a role, with its log entry; all of it is saved together. */
export function handover(
  view: IncidentView,
  { role, from, to, note, offeredTo = null, asTeam = false }: Handover,
  now: Millis,
  random: Randomness,
): readonly Draft[] {
  const at = instant(now);
  const named = (person: PersonId) => nameOf(view.people, person);
  const title = roleTitle(view.plan, role);
  const words =
    from !== null && to !== null
      ? sentence(`${named(to)} takes over ${title} from ${named(from)}`)
      : to !== null
        ? `${named(to)} works as ${title}.`
        : from !== null
          ? offeredTo === null
            ? `${named(from)} no longer works as ${title}.`
            : sentence(`${named(from)} hands ${title} over to ${named(offeredTo)}`)
          : `${title} is handed over.`;
  return [
    ...(from === null ? [] : ended(view, role, from, at, note, to ?? offeredTo)),
    ...(to === null ? [] : [begun(view, role, to, at, note, asTeam)]),
    newLogEntry(
      view.id,
      { type: 'handover', text: note === null ? words : `${words} ${note}`, at, by: view.me.person, role },
      now,
      random,
    ),
  ];
}

function begun(
  view: IncidentView,
  role: RoleId,
  person: PersonId,
  since: ReturnType<typeof instant>,
  note: string | null,
  asTeam: boolean,
): Draft<'assignment'> {
  return {
    kind: 'assignment',
    key: recordKey(view.id, role, person),
    value: { since, until: null, note, ...(asTeam ? { teamAt: since } : {}) },
    shown: view.seen.assignment(role, person),
  };
}

function ended(
  view: IncidentView,
  role: RoleId,
  person: PersonId,
  until: ReturnType<typeof instant>,
  note: string | null,
  to: PersonId | null,
): readonly Draft<'assignment'>[] {
  const held = view.assignments.find((each) => each.role === role && each.person === person);
  if (held === undefined) return [];
  return [
    {
      kind: 'assignment',
      key: recordKey(view.id, role, person),
      value: { ...held.assignment, until, note: note ?? held.assignment.note, ...(to === null ? {} : { to }) },
      shown: view.seen.assignment(role, person),
    },
  ];
}
