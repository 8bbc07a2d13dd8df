import { useState } from 'react';
import type { UnderstoodPlan } from '../../domain/import/understood.ts';
import { counted } from '../../parts/amount-words.ts';
import { planMinutes, windowWords } from '../../parts/time-words.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { keyed } from '../../parts/keyed.ts';
import styles from './plan-import.module.css';

type Entry = {
  readonly title: string;
  readonly detail: string;
  readonly guessed: readonly string[];
  readonly lines: readonly number[];
};

type Part = { readonly name: string; readonly entries: readonly Entry[] };

/** What a plan would have of it, part by part; each entry leads to its line. */
export function UnderstoodLists({
  plan,
  onLine,
}: {
  readonly plan: UnderstoodPlan;
  readonly onLine: (line: number) => void;
}) {
  const parts = partsOf(plan).filter(({ entries }) => entries.length > 0);
  if (parts.length === 0)
    return (
      <EmptyState title="Nothing of a plan was recognised.">
        Press lines of the document and say what they are, beginning with roles, phases and tasks.
      </EmptyState>
    );
  return (
    <>
      {plan.title === null ? null : <p className={styles.title}>{plan.title}</p>}
      {parts.map(({ name, entries }) => (
        <Disclosure key={name} summary={`${name} ${entries.length.toLocaleString('en')}${guessedWords(entries)}`}>
          <Entries entries={entries} name={name} onLine={onLine} />
        </Disclosure>
      ))}
    </>
  );
}

/** How many fields were guessed. */
export function guessesIn(plan: UnderstoodPlan): number {
  return partsOf(plan).reduce(
    (sum, { entries }) => sum + entries.reduce((some, { guessed }) => some + guessed.length, 0),
    0,
  );
}

function guessedWords(entries: readonly Entry[]): string {
  const many = entries.filter(({ guessed }) => guessed.length > 0).length;
  return many === 0 ? '' : ` · ${counted(many, 'guess', 'guesses')}`;
}

/** How many are listed before somebody asks for all. */
const listed = 100;

function Entries({
  entries,
  name,
  onLine,
}: {
  readonly entries: readonly Entry[];
  readonly name: string;
  readonly onLine: (line: number) => void;
}) {
  const [all, setAll] = useState(false);
  const shown = all ? entries : entries.slice(0, listed);
  return (
    <>
      <ol className={styles.entries} aria-label={name}>
        {keyed(shown, ({ title, lines }) => `${lines[0] ?? 0} ${title}`).map(
          ({ key, member: { title, detail, guessed, lines } }) => (
            <li key={key}>
              <div>
                <strong>{title}</strong>
                {detail === '' ? null : <p>{detail}</p>}
                {guessed.length === 0 ? null : <p className={styles.guess}>Guessed: {guessed.join(', ')}</p>}
              </div>
              {lines[0] === undefined ? null : (
                <Button
                  fit
                  kind="quiet"
                  aria-label={`Line ${lines[0]}: ${title}`}
                  onClick={() => onLine(lines[0] ?? 0)}
                >
                  Line {lines[0]}
                </Button>
              )}
            </li>
          ),
        )}
      </ol>
      {shown.length < entries.length ? (
        <Button onClick={() => setAll(true)}>Show {counted(entries.length - shown.length, 'more', 'more')}</Button>
      ) : null}
    </>
  );
}

function partsOf(plan: UnderstoodPlan): readonly Part[] {
  const plain = ({ title, lines }: { readonly title: string; readonly lines: readonly number[] }): Entry => ({
    title,
    detail: '',
    guessed: [],
    lines,
  });
  const joined = (parts: readonly (string | null | false)[]) =>
    parts.filter((part) => part !== null && part !== false && part !== '').join(' · ');
  return [
    {
      name: 'Role groups',
      entries: plan.groups.map(({ name, purpose, lines }) => ({ title: name, detail: purpose, guessed: [], lines })),
    },
    {
      name: 'Roles',
      entries: plan.roles.map((role) => ({
        title: role.title,
        detail: joined([
          role.group,
          counted(role.responsibilities.length, 'duty', 'duties'),
          role.holders.length > 0 && role.holders.join(', '),
          role.phone,
        ]),
        guessed: role.guessed,
        lines: role.lines,
      })),
    },
    {
      name: 'Phases',
      entries: plan.phases.map(({ title, from, to, guessed, lines }) => ({
        title,
        detail: from === null && to === null ? 'No window said' : phaseWindow(from, to),
        guessed,
        lines,
      })),
    },
    {
      name: 'Tasks',
      entries: plan.tasks.map((task) => ({
        title: joined([task.code, task.title]),
        detail: joined([
          task.owner ?? 'No owner',
          task.phase,
          task.steps.length > 0 && counted(task.steps.length, 'step'),
        ]),
        guessed: task.guessed,
        lines: task.lines,
      })),
    },
    {
      name: 'Communication procedures',
      entries: plan.procedures.map(({ title, kind, owner, points, guessed, lines }) => ({
        title,
        detail: joined([kind, owner, counted(points.length, 'point')]),
        guessed,
        lines,
      })),
    },
    {
      name: 'Resources',
      entries: plan.resources.map(({ name, kind, quantity, unit, guessed, lines }) => ({
        title: name,
        detail: joined([kind, quantity === null ? null : `${quantity} ${unit ?? ''}`.trim()]),
        guessed,
        lines,
      })),
    },
    {
      name: 'Contacts',
      entries: plan.contacts.map(({ name, phones, emails, position, lines }) => ({
        title: name,
        detail: joined([position, ...phones, ...emails]),
        guessed: [],
        lines,
      })),
    },
    {
      name: 'Milestones',
      entries: plan.milestones.map(({ title, at, guessed, lines }) => ({
        title,
        detail: at === null ? 'No time said' : phaseWindow(null, at),
        guessed,
        lines,
      })),
    },
    { name: 'Objectives', entries: plan.objectives.map(plain) },
    { name: 'Criteria for activation', entries: plan.criteria.map(plain) },
    { name: 'Systems', entries: plan.systems.map(plain) },
    { name: 'Risks', entries: plan.risks.map(plain) },
  ];
}

function phaseWindow(from: number | null, to: number | null): string {
  if (to === null) return `from ${planMinutes(from ?? 0)}`;
  return from === null ? `until ${planMinutes(to)}` : windowWords(from, to);
}
