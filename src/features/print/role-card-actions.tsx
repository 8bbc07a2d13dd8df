import type { CardPhase, FixedAction, RoleCard } from '../../domain/card/role-card.ts';
import type { CardProgress, CardTask } from '../../domain/card/card-task.ts';
import { statusWords } from '../../parts/status-words.ts';
import { classNames } from '../../ui/class-names.ts';
import { paragraphs, type Block } from './paper-document.ts';
import styles from './paper.module.css';

/** Body of a role card: the columns' heads, then each phase with its actions. */
export function actionBlocks(card: RoleCard): readonly Block[] {
  return [
    { key: 'columns', content: <ColumnHeads />, withNext: true },
    ...card.phases.flatMap((phase) => [
      { key: phase.phase.id, content: <PhaseBand phase={phase} />, withNext: true, under: 'columns' },
      ...phase.opens.map((action) => fixed(phase, action)),
      ...phase.tasks.map((line) => taskBlock(phase, line)),
      ...phase.closes.map((action) => fixed(phase, action)),
    ]),
  ];
}

/** What stands again above actions that go on on another page. */
export function actionsUnder(card: RoleCard): Readonly<Record<string, React.ReactNode>> {
  return Object.fromEntries([
    ['columns', <ColumnHeads key="columns" />],
    ...card.phases.map((phase) => [
      phase.phase.id,
      <div key={phase.phase.id}>
        <ColumnHeads />
        <PhaseBand phase={phase} again />
      </div>,
    ]),
  ]) as Readonly<Record<string, React.ReactNode>>;
}

function fixed(phase: CardPhase, action: FixedAction): Block {
  return {
    key: `${phase.phase.id} ${action.title}`,
    content: <FixedRow action={action} />,
    under: phase.phase.id,
  };
}

function taskBlock(phase: CardPhase, line: CardTask): Block {
  return {
    key: line.task.id,
    content: <TaskRow line={line} />,
    under: phase.phase.id,
    pieces: () => piecesOf(phase, line),
  };
}

/** A task that no page holds: its head, then text and steps one by one, each with the code and `continued`. */
function piecesOf(phase: CardPhase, line: CardTask): readonly Block[] {
  const { task } = line;
  const rest = [
    ...paragraphs(task.detail ?? '').map((text, place) => ({ id: `text ${place}`, content: <p>{text}</p> })),
    ...task.steps.map((step, place) => ({ id: `step ${place}`, content: <Steps steps={[step]} from={place} /> })),
    { id: 'test', content: <DoneWhen line={line} /> },
  ];
  return [
    { key: task.id, content: <TaskRow line={line} only="head" />, under: phase.phase.id, withNext: true },
    ...rest.map(({ id, content }) => ({
      key: `${task.id} ${id}`,
      under: phase.phase.id,
      content: (
        <div className={classNames(styles.row, styles.action)}>
          <div>
            {task.id}
            <br />
            continued
          </div>
          <div>{content}</div>
          <div />
          <div />
          <div />
        </div>
      ),
    })),
  ];
}

function ColumnHeads() {
  return (
    <div className={classNames(styles.row, styles.columns)}>
      <div>No., code</div>
      <div>Action</div>
      <div>Target</div>
      <div>Time done</div>
      <div>Initials</div>
    </div>
  );
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

function FixedRow({ action }: { readonly action: FixedAction }) {
  return (
    <div className={classNames(styles.row, styles.action, styles.fixed)}>
      <div />
      <div>
        <p>
          <Box /> <strong>{action.title}</strong>
        </p>
        <p>{action.words}</p>
      </div>
      <div />
      <div />
      <div />
    </div>
  );
}

function TaskRow({ line, only }: { readonly line: CardTask; readonly only?: 'head' }) {
  const { task, progress } = line;
  return (
    <div className={classNames(styles.row, styles.action)} data-task={task.id}>
      <div>
        <strong>
          {line.n} <span className={styles.code}>{task.id}</span>
        </strong>
        {task.critical ? <p className={styles.critical}>◆ critical</p> : null}
      </div>
      <div>
        <p className={styles.taskTitle}>
          <Box ticked={progress?.status === 'done'} /> <strong>{task.title}</strong>
        </p>
        <About line={line} />
        {only === 'head' ? null : (
          <>
            {task.detail === undefined ? null : <p className={styles.lines}>{task.detail}</p>}
            <Steps steps={task.steps} from={0} />
            <DoneWhen line={line} />
          </>
        )}
      </div>
      <div>
        <strong>{line.target.afterStart}</strong>
        {line.target.clock === null ? null : <p>{line.target.clock}</p>}
      </div>
      <div>{progress === null ? null : <Progress progress={progress} />}</div>
      <div>{progress?.initials}</div>
    </div>
  );
}

/** For whom it is done, what it waits for and who helps. */
function About({ line }: { readonly line: CardTask }) {
  const after = line.after.map(({ code, owner }) => (owner === null ? code : `${code} (${owner})`));
  return (
    <>
      {line.standsInFor === null ? null : (
        <p>
          <strong>For {line.standsInFor}</strong>, which nobody fills
        </p>
      )}
      {after.length === 0 ? null : <p>After {after.join(', ')}</p>}
      {line.supporting.length === 0 ? null : <p>With {line.supporting.join(', ')}</p>}
    </>
  );
}

function Steps({ steps, from }: { readonly steps: readonly string[]; readonly from: number }) {
  if (steps.length === 0) return null;
  return (
    <ul className={styles.steps}>
      {steps.map((step, place) => (
        // Steps are fixed texts in a fixed order, and two may be alike.
        <li key={letterOf(from + place)}>
          <Box /> {letterOf(from + place)}) {step}
        </li>
      ))}
    </ul>
  );
}

function DoneWhen({ line }: { readonly line: CardTask }) {
  return (
    <p>
      <em>Done when:</em> {line.task.completionTest}
    </p>
  );
}

function Progress({ progress }: { readonly progress: CardProgress }) {
  return (
    <>
      {progress.status === 'done' ? null : <p>{statusWords[progress.status]}</p>}
      {progress.time === null ? null : <p>{progress.time}</p>}
      {progress.reason === null ? null : <p className={styles.small}>{progress.reason}</p>}
    </>
  );
}

/** A square to tick with a pen. Cards have thousands: as borders they are set in a fraction of the time of drawings. */
export function Box({ ticked = false }: { readonly ticked?: boolean }) {
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
