import { cardTime, type CardSource } from '../../domain/card/card-source.ts';
import { windowWords } from '../../domain/incident/time-span.ts';
import type { Phase } from '../../domain/plan/plan-item.ts';
import { columnHeads, tableBlocks } from './columns.tsx';
import type { Block, PaperDocument } from './paper-document.ts';
import { RunningHead, TitleHead, type Frame } from './sheet-frame.tsx';
import { section } from './text-blocks.tsx';
import styles from './paper.module.css';

const title = 'Timeline';

/** Phases as bars on the time after T0, and the milestones with room to write when each was reached. */
export function timelineSheet(frame: Frame): PaperDocument {
  return {
    key: 'timeline',
    title,
    first: <TitleHead frame={frame} title={title} />,
    next: <RunningHead frame={frame} title={title} />,
    under: columnHeads,
    blocks: [
      ...section('phases', 'Phases', phaseBlocks(frame.source)),
      ...section('milestones', 'Milestones', milestoneBlocks(frame.source)),
    ],
  };
}

function phaseBlocks(source: CardSource): readonly Block[] {
  const { phases } = source.plan;
  const end = Math.max(60, ...phases.map(({ to }) => to));
  return tableBlocks(
    'phase',
    'phases',
    phases.map((phase) => ({ key: phase.id, cells: <PhaseCells phase={phase} end={end} source={source} /> })),
  );
}

function PhaseCells({
  phase: { title: name, from, to },
  end,
  source,
}: {
  readonly phase: Phase;
  readonly end: number;
  readonly source: CardSource;
}) {
  const [starts, ends] = [cardTime(from, source).clock, cardTime(to, source).clock];
  return (
    <>
      <div>
        <strong>{name}</strong>
        <p>{windowWords(from, to)}</p>
        {starts === null || ends === null ? null : (
          <p>
            {starts} to {ends}
          </p>
        )}
      </div>
      <div>
        <svg className={styles.bar} viewBox={`0 0 ${end} 10`} preserveAspectRatio="none" aria-hidden="true">
          <path d={`M0 9.5h${end}`} />
          <rect x={from} y="1.5" width={Math.max(1, to - from)} height="6" />
        </svg>
      </div>
    </>
  );
}

function milestoneBlocks(source: CardSource): readonly Block[] {
  return tableBlocks(
    'milestone',
    'milestones',
    source.plan.milestones.map(({ id, title: name, at, tasks }) => {
      const time = cardTime(at, source);
      return {
        key: id,
        cells: (
          <>
            <div>
              ◆ <strong>{name}</strong>
            </div>
            <div>{tasks.join(', ')}</div>
            <div>
              <strong>{time.afterStart}</strong>
              {time.clock === null ? null : <p>{time.clock}</p>}
            </div>
            <div />
          </>
        ),
      };
    }),
  );
}
