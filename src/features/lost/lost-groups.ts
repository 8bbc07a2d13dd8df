import type { LostRecord } from '../../domain/ports/lost-records.ts';

export type LostGroup = {
  readonly title: string;
  /** What to know before these go back. */
  readonly hint: string;
  readonly records: readonly LostRecord[];
};

/** What may go back at once. */
const rows: readonly (Omit<LostGroup, 'records'> & { readonly kinds: readonly string[] })[] = [
  {
    title: 'Plan and added tasks',
    hint: 'Needed first: everything rests on them.',
    kinds: ['plan-version', 'plan-item', 'approval', 'extra-task'],
  },
  { title: 'Incidents', hint: 'Needed first: all reports belong to one.', kinds: ['incident'] },
  {
    title: 'People and their access',
    hint: 'Needed before you invite them again, so that they come back as themselves.',
    kinds: ['person', 'grant'],
  },
  {
    title: 'Log',
    hint: 'Written once: putting it back changes nothing that others report.',
    kinds: ['log'],
  },
];

/** What its authors may have reported again meanwhile: put back too early it would overrule that. */
const other: Omit<LostGroup, 'records'> = {
  title: 'Tasks, systems, people at work',
  hint: 'Wait for their phones as long as you can: they bring these and what came after. Put back now it counts as reported now, beats what they have not sent yet, and they are told that they were overruled.',
};

const early = new Set(rows.flatMap(({ kinds }) => kinds));

/** The lost records by what they are about, in the order in which they matter; empty groups are left out. */
export function lostGroups(lost: readonly LostRecord[]): readonly LostGroup[] {
  const groups: readonly LostGroup[] = [
    ...rows.map(({ title, hint, kinds }) => ({
      title,
      hint,
      records: lost.filter(({ kind }) => kinds.includes(kind)),
    })),
    { ...other, records: lost.filter(({ kind }) => !early.has(kind)) },
  ];
  return groups.filter(({ records }) => records.length > 0);
}

/** Whether it may go back at once: nothing that somebody has not sent yet loses to it. */
export function goesEarly({ kind }: Pick<LostRecord, 'kind'>): boolean {
  return early.has(kind);
}
