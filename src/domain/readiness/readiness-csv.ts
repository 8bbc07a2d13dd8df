import { csvLine } from '../csv-line.ts';
import { checks } from './findings.ts';
import type { PersonReadiness } from './readiness.ts';

/** The board as a table for auditors: one line for each phone, and one for each person without. */
export function readinessCsv(
  people: readonly PersonReadiness[],
  asOf: string,
  titleOf: (role: string) => string,
): string {
  const head = ['as of', 'person', 'roles', 'phone', 'reported at', 'last heard', 'plan version', 'app', ...checks];
  const lines = people.flatMap(({ name, roles, phones, findings }) => {
    const who = [asOf, name, roles.map(titleOf).join('; ')];
    if (phones.length === 0) return [[...who, '', '', '', '', '', ...findings.map(({ colour }) => colour)]];
    return phones.map(({ name: phone, report, lastSeenAt, findings: own }) => [
      ...who,
      phone,
      report?.at ?? '',
      lastSeenAt ?? '',
      report?.planNumber == null ? '' : String(report.planNumber),
      report?.app ?? '',
      ...own.map(({ colour, because }) => (because === 'fine' ? colour : `${colour}: ${because}`)),
    ]);
  });
  return [head, ...lines].map(csvLine).join('');
}
