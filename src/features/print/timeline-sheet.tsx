import { Fragment } from 'react';
import { cardTime, type CardSource } from '../../domain/card/card-source.ts';
import { timelineOf, type MilestoneRun, type Timeline } from '../../domain/incident/timeline.ts';
import { timelineHeadline, type TimelineClock } from '../../domain/incident/timeline-words.ts';
import { millis, type Millis } from '../../domain/time.ts';
import { TimelinePicture } from '../../parts/timeline-picture.tsx';
import { codeParts } from './code.tsx';
import type { Block, PaperDocument } from './paper-document.ts';
import { RunningHead, TitleHead, type Frame } from './sheet-frame.tsx';
import { CardTimeWords, tableBlocks, type Table } from './table.tsx';
import { section } from './text-blocks.tsx';
import styles from './timeline-sheet.module.css';

const title = 'Timeline';

/** The picture of the phases, planned and real, and the milestones: when each was reached, or room to write it. */
export function timelineSheet(frame: Frame, asOf: Millis): PaperDocument {
  const { source, records } = frame;
  const timeline = timelineOf(source.plan, source.incident === null ? null : records, asOf);
  return {
    key: 'timeline',
    title,
    first: <TitleHead frame={frame} title={title} />,
    next: <RunningHead frame={frame} title={title} />,
    blocks: [
      ...(source.plan.phases.length === 0 ? [] : pictureBlocks(source, asOf, timeline)),
      ...section('milestones', 'Milestones', milestoneBlocks(source, timeline)),
    ],
  };
}

/** As wide as Letter and A4 both hold, in CSS pixels, with letters of 9.5 points. */
const pictureFrame = { width: 690, em: 12.5 };

function pictureBlocks(source: CardSource, asOf: Millis, timeline: Timeline): readonly Block[] {
  const incident = source.incident?.incident;
  const clock =
    incident === undefined ? null : { startedAt: millis(incident.startedAt), zone: incident.zone, now: asOf };
  const headline = <strong>{timelineHeadline(timeline, clock)}.</strong>;
  return [{ key: 'headline', content: <p>{headline}</p>, withNext: true }, picture('picture', timeline, clock)];
}

/** One picture; where no page holds it, as many as it takes, all on the same scale. */
function picture(key: string, timeline: Timeline, clock: TimelineClock): Block {
  const halves = inHalves(timeline);
  return {
    key,
    content: (
      <div className={styles.picture}>
        <TimelinePicture timeline={timeline} clock={clock} frame={pictureFrame} />
      </div>
    ),
    ...(halves === null ? {} : { pieces: () => halves.map((half, place) => picture(`${key} ${place}`, half, clock)) }),
  };
}

/** The first phases and the others, each with its milestones; of a single phase the milestones. Null where there is nothing to share. */
function inHalves(timeline: Timeline): readonly Timeline[] | null {
  const { phases, milestones } = timeline;
  const half = (list: readonly unknown[]) => Math.ceil(list.length / 2);
  if (phases.length > 1) {
    const first = phases.slice(0, half(phases));
    const ids = new Set(first.map(({ phase }) => phase.id));
    const isFirst = ({ phase }: MilestoneRun) => phase !== null && ids.has(phase);
    return [
      { ...timeline, phases: first, milestones: milestones.filter(isFirst) },
      { ...timeline, phases: phases.slice(first.length), milestones: milestones.filter((each) => !isFirst(each)) },
    ];
  }
  if (milestones.length < 2) return null;
  return [
    { ...timeline, milestones: milestones.slice(0, half(milestones)) },
    { ...timeline, milestones: milestones.slice(half(milestones)) },
  ];
}

const milestoneTable: Table = {
  name: 'milestones',
  heads: ['Milestone', 'Reached when done', 'Planned', 'Reached at'],
  columns: styles.milestoneColumns,
};

function milestoneBlocks(source: CardSource, timeline: Timeline): readonly Block[] {
  const reached = new Map(timeline.milestones.map(({ milestone, reachedAt }) => [milestone.id, reachedAt]));
  return tableBlocks(
    'milestone',
    milestoneTable,
    source.plan.milestones.map(({ id, title: name, at, tasks }) => {
      const reachedAt = reached.get(id) ?? null;
      return {
        key: id,
        name,
        cells: (longest: number) => [
          [
            <Fragment key="name">
              ◆ <strong>{name}</strong>
            </Fragment>,
          ],
          codeParts(
            '',
            tasks.map((code) => ({ code, owner: null })),
            longest,
          ),
          [<CardTimeWords key="planned" time={cardTime(at, source)} />],
          reachedAt === null ? [] : [<CardTimeWords key="reached" time={cardTime(reachedAt, source)} />],
        ],
      };
    }),
  );
}
