import type { CardPhase, FixedAction, RoleCard } from '../../domain/card/role-card.ts';
import type { CardProgress, CardTask } from '../../domain/card/card-task.ts';
import { statusWords } from '../../parts/status-words.ts';
import { Code, codeParts } from './code.tsx';
import { paragraphs, type Block, type Under } from './paper-document.ts';
import { CardTimeWords, line, rowBlock, TableHeads, TableRow, type Cell, type Table } from './table.tsx';
import styles from './role-card.module.css';

const actionTable: Table = {
  name: 'actions',
  heads: ['No., code', 'Action', 'Target', 'Done at', 'Initials'],
  columns: styles.actionColumns,
};

/** Body of a role card: the columns' heads, then each phase with its actions. */
export function actionBlocks(card: RoleCard): readonly Block[] {
  const heads = { key: 'columns', content: <TableHeads table={actionTable} /> };
  return [{ ...heads, withNext: true }, ...card.phases.flatMap((phase) => phaseBlocks(phase, heads))];
}

function phaseBlocks(phase: CardPhase, heads: Under): readonly Block[] {
  const { id } = phase.phase;
  const under = {
    key: id,
    content: (
      <>
        {heads.content}
        <PhaseBand phase={phase} again />
      </>
    ),
  };
  const fixed = (action: FixedAction) => ({
    key: `${id} ${action.title}`,
    content: <FixedRow action={action} />,
    under,
  });
  return [
    { key: id, content: <PhaseBand phase={phase} />, withNext: true, under: heads },
    ...phase.opens.map(fixed),
    ...phase.tasks.map((task) => taskBlock(task, under)),
    ...phase.closes.map(fixed),
  ];
}

function PhaseBand({ phase, again = false }: { readonly phase: CardPhase; readonly again?: boolean }) {
  return (
    <h3 className={styles.band}>
      <span>
        {phase.n} {phase.phase.title}
        {again ? ' (continued)' : ''}
      </span>
      <span>
        {phase.window} after T0{phase.clock === null ? '' : ` · ${phase.clock}`}
      </span>
    </h3>
  );
}

function FixedRow({ action: { title, words } }: { readonly action: FixedAction }) {
  const whole = (
    <>
      <Box /> <strong>{title}</strong>. {words}
    </>
  );
  return <TableRow table={actionTable} cells={[[], [line(whole)]]} look={styles.fixed} />;
}

function taskBlock(task: CardTask, under: Under): Block {
  const { id } = task.task;
  return rowBlock({ key: id, name: id, cells: (longest) => taskCells(task, longest) }, actionTable, under);
}

function taskCells(task: CardTask, longest: number): readonly Cell[] {
  const { target, progress } = task;
  return [
    [<Numbered key="number" task={task} />],
    actionParts(task, longest),
    [<CardTimeWords key="target" time={target} />],
    [progress === null ? null : <Progress key="progress" progress={progress} />],
    [progress?.initials],
  ];
}

function Numbered({ task: { n, task } }: { readonly task: CardTask }) {
  return (
    <>
      <strong>
        {n} <Code>{task.id}</Code>
      </strong>
      {task.critical ? <p className={styles.critical}>◆ critical</p> : null}
    </>
  );
}

/** What to do, for whom, what it waits for and who helps; then how, and how one knows that it is done. */
function actionParts({ task, progress, standsInFor, after, supporting }: CardTask, longest: number): Cell {
  const texts = (text: string, look?: string) => paragraphs(text, longest).map((part) => line(part, look));
  const title = (
    <>
      <Box ticked={progress?.status === 'done'} /> <strong>{task.title}</strong>
    </>
  );
  return [
    line(title, styles.taskTitle),
    ...(standsInFor === null ? [] : [line(<ForRole name={standsInFor} />)]),
    ...codeParts('After ', after, longest, styles.run),
    ...(supporting.length === 0 ? [] : texts(`With ${supporting.join(', ')}`, styles.run)),
    ...texts(task.detail ?? ''),
    ...task.steps.flatMap((step, place) => stepParts(step, letterOf(place), longest)),
    ...labelled('Done when: ', task.completionTest, longest),
    ...labelled('Reason: ', progress?.reason ?? '', longest),
  ];
}

function ForRole({ name }: { readonly name: string }) {
  return (
    <>
      <strong>For {name}</strong>, which nobody fills
    </>
  );
}

function stepParts(step: string, letter: string, longest: number): Cell {
  const [first, ...rest] = paragraphs(step, longest);
  const begun = (
    <>
      <Box /> {letter}) {first}
    </>
  );
  return [line(begun, styles.step), ...rest.map((part) => line(part, styles.step))];
}

function labelled(label: string, text: string, longest: number): Cell {
  const [first, ...rest] = paragraphs(text, longest);
  if (first === undefined) return [];
  const begun = (
    <>
      <em>{label}</em>
      {first}
    </>
  );
  return [line(begun), ...rest.map((part) => line(part))];
}

function Progress({ progress: { status, time } }: { readonly progress: CardProgress }) {
  return (
    <>
      {status === 'done' ? null : <p className={styles.status}>{statusWords[status]}</p>}
      {time === null ? null : <p>{time}</p>}
    </>
  );
}

/** A square to tick with a pen. Cards have thousands: as borders they are set in a fraction of the time of drawings. */
function Box({ ticked = false }: { readonly ticked?: boolean }) {
  return (
    <span className={styles.box} aria-hidden="true">
      {ticked ? (
        <svg className={styles.tick} viewBox="0 0 10 10">
          <path d="M2.400 5.200l2 2L7.800 2.600" />
        </svg>
      ) : null}
    </span>
  );
}

/** a, b … z, aa, ab … */
function letterOf(place: number): string {
  const letter = String.fromCodePoint(97 + (place % 26));
  return place < 26 ? letter : `${letterOf(Math.floor(place / 26) - 1)}${letter}`;
}
