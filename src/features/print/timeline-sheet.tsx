import { cardTime, type CardSource } from '../../domain/card/card-source.ts';
import { timelineOf, type Timeline } from '../../domain/incident/timeline.ts';
import { timelineHeadline } from '../../domain/incident/timeline-words.ts';
import { millis } from '../../domain/time.ts';
import { TimelinePicture } from '../../parts/timeline-picture.tsx';
import { columnHeads, tableBlocks } from './columns.tsx';
import type { Block, PaperDocument } from './paper-document.ts';
import { RunningHead, TitleHead, type Frame } from './sheet-frame.tsx';
import { section } from './text-blocks.tsx';
import styles from './paper.module.css';

const title = 'Timeline';

/** The picture of the phases, planned and real, and the milestones: when each was reached, or room to write it. */
export function timelineSheet(frame: Frame): PaperDocument {
  const { source, records, asOf } = frame;
  const timeline = timelineOf(source.plan, source.incident === null ? null : records, asOf);
  return {
    key: 'timeline',
    title,
    first: <TitleHead frame={frame} title={title} />,
    next: <RunningHead frame={frame} title={title} />,
    under: columnHeads,
    blocks: [
      ...(source.plan.phases.length === 0 ? [] : [picture(frame, timeline)]),
      ...section('milestones', 'Milestones', milestoneBlocks(source, timeline)),
    ],
  };
}

/** As wide as Letter and A4 both hold, in CSS pixels, with letters of 9.5 points. */
const pictureFrame = { width: 690, em: 12.5 };

function picture({ source, asOf }: Frame, timeline: Timeline): Block {
  const incident = source.incident?.incident;
  const clock =
    incident === undefined ? null : { startedAt: millis(incident.startedAt), zone: incident.zone, now: asOf };
  return {
    key: 'picture',
    content: (
      <div className={styles.picture}>
        <p>
          <strong>{timelineHeadline(timeline, clock)}.</strong>
        </p>
        <TimelinePicture timeline={timeline} clock={clock} frame={pictureFrame} />
      </div>
    ),
  };
}

function milestoneBlocks(source: CardSource, timeline: Timeline): readonly Block[] {
  const reached = new Map(timeline.milestones.map(({ milestone, reachedAt }) => [milestone.id, reachedAt]));
  return tableBlocks(
    'milestone',
    'milestones',
    source.plan.milestones.map(({ id, title: name, at, tasks }) => {
      const reachedAt = reached.get(id) ?? null;
      return {
        key: id,
        cells: (
          <>
            <div>
              ◆ <strong>{name}</strong>
            </div>
            <div>{tasks.join(', ')}</div>
            <Time minutes={at} source={source} />
            {reachedAt === null ? <div /> : <Time minutes={reachedAt} source={source} />}
          </>
        ),
      };
    }),
  );
}

function Time({ minutes, source }: { readonly minutes: number; readonly source: CardSource }) {
  const { afterStart, clock } = cardTime(minutes, source);
  return (
    <div>
      <strong>{afterStart}</strong>
      {clock === null ? null : <p>{clock}</p>}
    </div>
  );
}
