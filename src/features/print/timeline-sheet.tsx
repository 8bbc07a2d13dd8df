import { cardTime, type CardSource } from '../../domain/card/card-source.ts';
import { timelineOf } from '../../domain/incident/timeline.ts';
import { timelineHeadline } from '../../domain/incident/timeline-words.ts';
import { millis } from '../../domain/time.ts';
import { TimelinePicture } from '../../parts/timeline-picture.tsx';
import { columnHeads, tableBlocks } from './columns.tsx';
import type { Block, PaperDocument } from './paper-document.ts';
import { RunningHead, TitleHead, type Frame } from './sheet-frame.tsx';
import { section } from './text-blocks.tsx';
import styles from './paper.module.css';

const title = 'Timeline';

/** The picture of the phases, planned and real, and the milestones with room to write when each was reached. */
export function timelineSheet(frame: Frame): PaperDocument {
  return {
    key: 'timeline',
    title,
    first: <TitleHead frame={frame} title={title} />,
    next: <RunningHead frame={frame} title={title} />,
    under: columnHeads,
    blocks: [
      ...(frame.source.plan.phases.length === 0 ? [] : [picture(frame)]),
      ...section('milestones', 'Milestones', milestoneBlocks(frame.source)),
    ],
  };
}

/** As wide as Letter and A4 both hold, in CSS pixels, with letters of 9.5 points. */
const pictureFrame = { width: 690, em: 12.5 };

function picture({ source, records, asOf }: Frame): Block {
  const incident = source.incident?.incident;
  const clock =
    incident === undefined ? null : { startedAt: millis(incident.startedAt), zone: incident.zone, now: asOf };
  const timeline = timelineOf(source.plan, incident === undefined ? null : records, asOf);
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
