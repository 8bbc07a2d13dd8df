import { capitalised } from '../sentence.ts';
import type { AccessLevel } from '../access/access.ts';
import type { DeviceId, PersonId, Stamp } from '../ids.ts';
import type { Json } from '../json.ts';
import { saysTheSame } from './canonical-json.ts';
import { aboutWords, saysWords, type Wording } from './change-words.ts';
import type { Conflict } from './conflict.ts';
import { isKind } from './kinds.ts';
import { stampTime } from './stamp.ts';

/** Who decides, as far as the rules of deciding ask. */
export type Decider = { readonly person: PersonId; readonly device: DeviceId; readonly access: AccessLevel };

/** What became of a conflict, as screens tell it. */
export type Decision = Conflict['decision'];

/**
 * Whether the overruled change may be made again by this person; the server decides, this only keeps a button away that would be
 * refused. A decision about another conflict is never restored: it would not bring back what it was about.
 */
export function mayRestore({ kind, key }: Pick<Conflict, 'kind' | 'key'>, by: Decider): boolean {
  if (!isKind(kind) || kind === 'conflict' || kind === 'log' || kind === 'plan-version') return false;
  if (kind === 'device') return key === by.device;
  if (kind === 'person') return key === by.person || by.access === 'coordinator';
  if (kind === 'grant' || kind === 'plan-item') return by.access === 'coordinator';
  return by.access !== 'observer';
}

/** The conflict with a decision: all the rest stays as the server wrote it (protocol.md, Order). */
export function withDecision(conflict: Conflict, decision: Decision): Conflict {
  return { ...conflict, decision };
}

export type ConflictSentences = {
  /** `Your “done 14:02” on IT-03 was overruled by Ana’s “blocked 14:05”.` */
  readonly overruled: string;
  readonly about: string;
  readonly mine: string;
  readonly theirs: string;
  /** `you`, or a name. */
  readonly author: string;
};

/** A conflict in words. Whose change it was is said as `Your` only to its author. */
export function conflictSentences(conflict: Conflict, me: PersonId, wording: Wording): ConflictSentences {
  const { kind, key, overruled, winner } = conflict;
  const valueOf = (side: Conflict['winner']) => (side.value ?? null) as Json;
  const told = (side: Conflict['winner']) => ({ kind, key, value: valueOf(side), at: stampTime(side.stamp as Stamp) });
  const mine = saysWords(told(overruled), wording, valueOf(winner));
  const theirs = saysWords(told(winner), wording, valueOf(overruled));
  const about = aboutWords({ kind, key, value: valueOf(overruled) ?? valueOf(winner) }, wording);
  const whose = (side: Conflict['winner']) => whoseWords(side.author.person as PersonId | null, me, wording);
  return {
    overruled: `${capitalised(whose(overruled))} “${mine}” on ${about} was overruled by ${whose(winner)} “${theirs}”.`,
    about,
    mine,
    theirs,
    author: overruled.author.person === me ? 'you' : wording.nameOf(overruled.author.person as PersonId | null),
  };
}

/** `your`, `Ana’s`, `the server’s`. */
function whoseWords(person: PersonId | null, me: PersonId, { nameOf }: Wording): string {
  if (person === me) return 'your';
  return person === null ? 'the server’s' : `${nameOf(person)}’s`;
}

/** Open ones first by what happened last; then those that were decided. Where both said the same there is nothing to decide. */
export function inDecidingOrder<T extends { readonly value: Conflict | null }>(
  conflicts: readonly T[],
): { readonly open: readonly T[]; readonly decided: readonly T[] } {
  const latestFirst = [...conflicts].sort((a, b) => (stampOf(a) < stampOf(b) ? 1 : -1));
  return {
    open: latestFirst.filter(({ value }) => value?.decision === 'open' && !saidTheSame(value)),
    decided: latestFirst.filter(({ value }) => value !== null && value.decision !== 'open'),
  };
}

function saidTheSame({ overruled, winner }: Conflict): boolean {
  return saysTheSame(overruled.value as Json, winner.value as Json);
}

function stampOf({ value }: { readonly value: Conflict | null }): string {
  return value?.winner.stamp ?? '';
}
