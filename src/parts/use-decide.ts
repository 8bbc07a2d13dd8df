import { useCallback } from 'react';
import type { PersonId, Stamp } from '../domain/ids.ts';
import type { Json } from '../domain/json.ts';
import type { Draft, Saved, Shown } from '../domain/ports/records.ts';
import type { Conflict } from '../domain/sync/conflict.ts';
import { conflictSentences, withDecision, type Decision } from '../domain/sync/conflict-decisions.ts';
import type { Wording } from '../domain/sync/change-words.ts';
import type { Kind } from '../domain/sync/kinds.ts';
import { restoredInLog } from '../domain/sync/restored-log.ts';
import { instant } from '../domain/time.ts';
import { useToast } from '../ui/toasts.tsx';
import { newLogEntry } from './new-log-entry.ts';
import { usePorts } from './ports.tsx';
import { believedNow } from './use-now.ts';
import { useWrite } from './use-write.ts';

export type ShownConflict = Shown<'conflict'> & { readonly value: Conflict };

/** What the screen shows of the record itself at the press: what a restored change is based on. */
export type Standing = Pick<Shown<Kind>, 'change' | 'stamp' | 'value'>;

export type Deciding = {
  readonly keep: (conflict: ShownConflict) => Promise<boolean>;
  /** Makes the overruled change again, over what stands now; a task's progress and an impact with their line in the log. */
  readonly restore: (conflict: ShownConflict, stands: Standing, wording: Wording) => Promise<boolean>;
};

/** Decides conflicts. Each gives true once it is on disk, and offers to undo it for ten seconds. */
export function useDeciding(me: PersonId): Deciding {
  const { clock, sync, random } = usePorts();
  const write = useWrite();
  const toast = useToast();

  const decide = useCallback(
    (conflict: ShownConflict, seen: Seen, decision: Decision): Draft<'conflict'> => ({
      kind: 'conflict',
      key: conflict.key,
      value: withDecision(conflict.value, decision),
      shown: seen,
    }),
    [],
  );

  const keep = useCallback(
    async (conflict: ShownConflict) => {
      const saved = await write([decide(conflict, seenOf(conflict), 'kept')]);
      if (saved === null) return false;
      const undo = () => void write([decide(conflict, savedAs(saved, 0), 'open')]);
      toast({ words: 'Kept theirs', action: { label: 'Undo', onPress: undo } });
      return true;
    },
    [write, toast, decide],
  );

  const restore = useCallback(
    async (conflict: ShownConflict, stands: Standing, wording: Wording) => {
      const { kind, key, overruled } = conflict.value;
      const { about, mine, theirs } = conflictSentences(conflict.value, me, wording);
      const [restored, before] = [(overruled.value ?? null) as Json, stands.value as Json];
      const draft = (value: Json, shown: Seen) => ({ kind, key, value, shown }) as Draft;
      const logged = (from: Json, to: Json, text: string) => {
        const now = believedNow(clock, sync);
        const line = restoredInLog({ kind, key, from, to, text, by: me, at: instant(now), plan: wording.plan });
        return line === null ? [] : [newLogEntry(line.incident, line.entry, now, random)];
      };
      const saved = await write([
        draft(restored, { change: stands.change, stamp: stands.stamp }),
        decide(conflict, seenOf(conflict), 'restored'),
        ...logged(before, restored, `Restored “${mine}” over “${theirs}”.`),
      ]);
      if (saved === null) return false;
      const undo = () =>
        void write([
          draft(before, savedAs(saved, 0)),
          // who puts theirs back has decided for theirs
          decide(conflict, savedAs(saved, 1), 'kept'),
          ...logged(restored, before, `Undone: “${theirs}” again.`),
        ]);
      toast({ words: `Restored: ${about}, ${mine}`, action: { label: 'Undo', onPress: undo } });
      return true;
    },
    [me, clock, sync, random, write, toast, decide],
  );

  return { keep, restore };
}

type Seen = { readonly change: Saved['change']; readonly stamp: Stamp | null } | null;

function seenOf({ change, stamp }: Pick<Shown<Kind>, 'change' | 'stamp'>): Seen {
  return { change, stamp };
}

function savedAs(saved: readonly Saved[], place: number): Seen {
  const change = saved[place]?.change;
  return change === undefined ? null : { change, stamp: null };
}
