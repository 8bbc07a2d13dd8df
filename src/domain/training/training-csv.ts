import { csvLine } from '../csv-line.ts';
import type { PersonId, RoleId } from '../ids.ts';
import { byDate, typeWords, type KnownTraining } from './training-due.ts';

/** The training record as a table for auditors, the latest first. */
export function trainingCsv(
  known: readonly KnownTraining[],
  nameOf: (person: PersonId) => string,
  titleOf: (role: RoleId) => string,
): string {
  const lines = byDate(known).map(({ training: { date, type, title, people, roles, next, notes } }) => [
    date,
    typeWords[type],
    title,
    people.map(nameOf).join('; '),
    roles.map(titleOf).join('; '),
    next ?? '',
    notes,
  ]);
  return [['date', 'kind', 'title', 'people', 'roles', 'next due', 'notes'], ...lines].map(csvLine).join('');
}
