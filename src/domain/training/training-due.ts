import { daysAgoWords } from '../incident/time-span.ts';
import { nameKey } from '../name-key.ts';
import type { PersonId, RoleId } from '../ids.ts';
import { day } from '../time.ts';
import { trainingTypes, type Training, type TrainingType } from './training.ts';

export type KnownTraining = { readonly id: string; readonly training: Training };

/** A date as `2026-11-23`; `today` is given in the zone of the place. */
type DateText = string;

/** Latest first; of one day the last that was written down first. */
export function byDate(known: readonly KnownTraining[]): readonly KnownTraining[] {
  return [...known].sort((a, b) => compare(b.training.date, a.training.date) || compare(b.id, a.id));
}

/** What a person took part in. */
export function ofPerson(known: readonly KnownTraining[], person: PersonId): readonly KnownTraining[] {
  return byDate(known.filter(({ training }) => training.people.includes(person)));
}

export function ofRole(known: readonly KnownTraining[], role: RoleId): readonly KnownTraining[] {
  return byDate(known.filter(({ training }) => training.roles.includes(role)));
}

export type DueTraining = KnownTraining & { readonly next: DateText; readonly overdue: boolean };

/**
 * What is due again, the earliest first: every `next` that no later record answers. One answers if it is of the same kind, is of a
 * later day, and has the same title or takes in all people and roles of the first; one that is only planned answers too.
 */
export function dueTraining(known: readonly KnownTraining[], today: DateText): readonly DueTraining[] {
  return known
    .flatMap((each): readonly DueTraining[] => {
      const { next } = each.training;
      if (next === null || known.some((other) => answers(other.training, each.training))) return [];
      return [{ ...each, next, overdue: next < today }];
    })
    .sort((a, b) => compare(a.next, b.next));
}

/** `last exercise 4 months ago; last briefing yesterday`, the kinds in their fixed order; empty where nothing was. */
export function lastWords(known: readonly KnownTraining[], today: DateText): string {
  return trainingTypes
    .flatMap((type): readonly string[] => {
      const last = byDate(known).find(({ training }) => training.type === type && training.date <= today);
      return last === undefined
        ? []
        : [`last ${typeWords[type]} ${daysAgoWords(daysBetween(last.training.date, today))}`];
    })
    .join('; ');
}

export const typeWords: Readonly<Record<TrainingType, string>> = {
  briefing: 'briefing',
  exercise: 'exercise',
  review: 'review',
  test: 'test',
};

function answers(later: Training, first: Training): boolean {
  if (later.type !== first.type || later.date <= first.date) return false;
  if (nameKey(later.title) === nameKey(first.title)) return true;
  const isSomebodys = first.people.length + first.roles.length > 0;
  return (
    isSomebodys &&
    first.people.every((each) => later.people.includes(each)) &&
    first.roles.every((each) => later.roles.includes(each))
  );
}

function daysBetween(from: DateText, to: DateText): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / day);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
