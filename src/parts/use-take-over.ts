import { useCallback } from 'react';
import type { RoleId } from '../domain/ids.ts';
import type { HeldAssignment } from '../domain/incident/held-roles.ts';
import { takenByMore, teamSince } from '../domain/incident/take-over.ts';
import type { Draft } from '../domain/ports/records.ts';
import { recordKey } from '../domain/sync/kinds.ts';
import { instant } from '../domain/time.ts';
import { useToast } from '../ui/toasts.tsx';
import { handover } from './assignment-drafts.ts';
import type { IncidentView } from './incident.tsx';
import { newLogEntry } from './new-log-entry.ts';
import { usePorts } from './ports.tsx';
import { roleTitle } from './role-badge.tsx';
import { believedNow } from './use-now.ts';
import { useWrite } from './use-write.ts';

export type TakeOver = {
  /** Works in the role from now on, beside who else does; undone for ten seconds. */
  readonly take: (role: RoleId) => Promise<boolean>;
  /** Leaves the role to the others; undone for ten seconds. */
  readonly standDown: (role: RoleId) => Promise<boolean>;
  /** Says that everybody who took the role works as a team. */
  readonly asTeam: (role: RoleId) => Promise<boolean>;
  /** Adds what the next person must know to one's own assignment and to the log. */
  readonly addNote: (role: RoleId, note: string) => Promise<boolean>;
};

/** What this person does about a role with one press; each is one change of their own assignment with its log entry. */
export function useTakeOver(view: IncidentView): TakeOver {
  const { clock, sync, random } = usePorts();
  const write = useWrite();
  const toast = useToast();
  const { me } = view;
  const own = useCallback(
    (role: RoleId): HeldAssignment | undefined =>
      view.assignments.find((each) => each.role === role && each.person === me.person),
    [view.assignments, me.person],
  );

  const withUndo = useCallback(
    async (role: RoleId, drafts: readonly Draft[], said: string, undone: string) => {
      const before = own(role)?.assignment ?? null;
      const saved = await write(drafts);
      if (saved === null) return false;
      const change = saved[0]?.change;
      const undo = () => {
        const now = believedNow(clock, sync);
        const shown = change === undefined ? null : { change, stamp: null };
        void write([
          { kind: 'assignment', key: recordKey(view.id, role, me.person), value: before, shown },
          newLogEntry(view.id, { type: 'handover', text: undone, at: instant(now), by: me.person, role }, now, random),
        ]).then((kept) => kept !== null && toast({ words: undone }));
      };
      toast({ words: said, action: { label: 'Undo', onPress: undo } });
      return true;
    },
    [own, write, toast, clock, sync, random, view.id, me.person],
  );

  const name = me.name === '' ? 'Somebody' : me.name;
  const move = (role: RoleId, way: 'from' | 'to') => {
    const title = roleTitle(view.plan, role);
    const begins = way === 'to';
    const drafts = handover(
      view,
      { role, from: begins ? null : me.person, to: begins ? me.person : null, note: null },
      believedNow(clock, sync),
      random,
    );
    const said = begins ? `You work as ${title}` : `You no longer work as ${title}`;
    return withUndo(role, drafts, said, `Undone: ${name} ${begins ? 'does not work' : 'still works'} as ${title}.`);
  };
  const amend = async (role: RoleId, more: object, text: string, said: string) => {
    const now = believedNow(clock, sync);
    const held = own(role);
    if (held === undefined) return false;
    const saved = await write([
      {
        kind: 'assignment',
        key: recordKey(view.id, role, me.person),
        value: { ...held.assignment, ...more },
        shown: view.seen.assignment(role, me.person),
      },
      newLogEntry(view.id, { type: 'handover', text, at: instant(now), by: me.person, role }, now, random),
    ]);
    if (saved !== null) toast({ words: said });
    return saved !== null;
  };
  return {
    take: (role) => move(role, 'to'),
    standDown: (role) => move(role, 'from'),
    asTeam: (role) => {
      const title = roleTitle(view.plan, role);
      const now = believedNow(clock, sync);
      const teamAt = teamSince(takenByMore(view.assignments, role, now), now);
      return amend(
        role,
        { teamAt },
        `Everybody who took ${title} works in it as a team.`,
        `You work as a team: ${title}`,
      );
    },
    addNote: (role, note) =>
      amend(role, { note }, `${name}, ${roleTitle(view.plan, role)}: ${note}`, 'The note is in the log'),
  };
}
