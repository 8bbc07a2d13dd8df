import { csvLine } from '../csv-line.ts';
import { checks } from './findings.ts';
import type { KnownReminder } from '../ports/server-api.ts';
import { instant } from '../time.ts';
import type { PersonReadiness } from './readiness.ts';
import { lastReminder } from './remind-whom.ts';

/** The board as a table for auditors: one line for each phone, and one for each person without. */
export function readinessCsv(
  people: readonly PersonReadiness[],
  asOf: string,
  titleOf: (role: string) => string,
  reminders: readonly KnownReminder[] = [],
): string {
  const head = [
    'as of',
    'person',
    'roles',
    'phone',
    'reported at',
    'last heard',
    'plan version',
    'app',
    ...checks,
    'reminded at',
    'reminder',
  ];
  const lines = people.flatMap(({ person, name, roles, phones, findings }) => {
    const last = lastReminder(reminders, person);
    const told = last?.ways.map(({ way, result }) => `${way}: ${result}`).join('; ');
    const reminded = [last === null ? '' : instant(last.at), told ?? ''];
    const who = [asOf, name, roles.map(titleOf).join('; ')];
    if (phones.length === 0)
      return [[...who, '', '', '', '', '', ...findings.map(({ colour }) => colour), ...reminded]];
    return phones.map(({ name: phone, report, lastSeenAt, findings: own }) => [
      ...who,
      phone,
      report?.at ?? '',
      lastSeenAt ?? '',
      report?.planNumber == null ? '' : String(report.planNumber),
      report?.app ?? '',
      ...own.map(({ colour, because }) => (because === 'fine' ? colour : `${colour}: ${because}`)),
      ...reminded,
    ]);
  });
  return [head, ...lines].map(csvLine).join('');
}
