import type { LostRecord } from '../../domain/ports/lost-records.ts';

export type LostGroup = {
  readonly title: string;
  /** What to know before these go back. */
  readonly hint: string;
  readonly records: readonly LostRecord[];
};

const writtenOnce = 'Written once: putting them back changes nothing that others report.';

const rows: readonly (Omit<LostGroup, 'records'> & { readonly kinds: readonly string[] })[] = [
  {
    title: 'Plan',
    hint: 'Needed first: everything rests on it.',
    kinds: ['plan-version', 'plan-item', 'approval'],
  },
  { title: 'Incidents', hint: 'Needed first: all reports belong to one.', kinds: ['incident'] },
  {
    title: 'People and their access',
    hint: 'Needed before you invite them again, so that they come back as themselves.',
    kinds: ['person', 'grant'],
  },
  { title: 'Log', hint: writtenOnce, kinds: ['log'] },
  {
    title: 'Tasks and systems',
    hint: 'Counts as reported now: an earlier report on a phone that was not back yet loses to it, and both of you are told.',
    kinds: ['task', 'step', 'extra-task', 'impact'],
  },
];

const other: Omit<LostGroup, 'records'> = {
  title: 'Everything else',
  hint: 'Who works in which role, who is available, messages, requests.',
};

/** The lost records by what they are about, in the order in which they matter; empty groups are left out. */
export function lostGroups(lost: readonly LostRecord[]): readonly LostGroup[] {
  const named = new Set(rows.flatMap(({ kinds }) => kinds));
  const groups: readonly LostGroup[] = [
    ...rows.map(({ kinds, ...group }) => ({ ...group, records: lost.filter(({ kind }) => kinds.includes(kind)) })),
    { ...other, records: lost.filter(({ kind }) => !named.has(kind)) },
  ];
  return groups.filter(({ records }) => records.length > 0);
}
