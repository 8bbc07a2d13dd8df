import { useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Timeline } from '../domain/incident/timeline.ts';
import {
  inOneLine,
  milestoneWords,
  phaseWords,
  timelineHeadline,
  timeWords,
  type TimelineClock,
} from '../domain/incident/timeline-words.ts';
import { classNames } from '../ui/class-names.ts';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import type { MilestoneMark } from './milestone-lanes.ts';
import { lineHeight, type TextBox } from './text-box.ts';
import { timelineLayout, type PhaseBand, type PictureFrame, type TimelineLayout } from './timeline-layout.ts';
import styles from './timeline-picture.module.css';

type TimelinePictureProps = {
  readonly timeline: Timeline;
  readonly clock: TimelineClock;
  /** Its width and text size in px; what is drawn scales with the place it is given. */
  readonly frame: PictureFrame;
};

/** Phases as bands on a time axis from T0, milestones as diamonds, now, and slip in words; the same in words for who doesn't see it. */
export function TimelinePicture({ timeline, clock, frame: { width, em } }: TimelinePictureProps) {
  const layout = useMemo(() => timelineLayout(timeline, clock, { width, em }), [timeline, clock, width, em]);
  const description = useId();
  return (
    <figure className={styles.figure}>
      <svg
        className={styles.picture}
        width={layout.width}
        height={layout.height}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        role="img"
        aria-label={`Timeline. ${timelineHeadline(timeline, clock)}.`}
        aria-describedby={description}
      >
        <Grid layout={layout} />
        {layout.bands.map((band) => (
          <Band key={band.run.phase.id} band={band} em={em} />
        ))}
        {layout.now === null ? null : (
          <line
            className={styles.now}
            x1={layout.now.x}
            x2={layout.now.x}
            y1={layout.plot.top}
            y2={layout.plot.bottom}
          />
        )}
        {layout.milestones.map((mark) => (
          <Diamond key={mark.run.milestone.id} mark={mark} />
        ))}
        {layout.labels.map((box) => (
          <Words key={`${box.y}`} box={box} />
        ))}
        {layout.slips.map((box) => (
          <Words key={`${box.y}`} box={box} look={box.late ? styles.slip : styles.soft} />
        ))}
        {layout.now === null ? null : <Words box={layout.now.label} />}
      </svg>
      <VisuallyHidden>
        <span id={description}>{inWords(timeline, clock)}</span>
      </VisuallyHidden>
    </figure>
  );
}

type FittedProps = Omit<TimelinePictureProps, 'frame'> & {
  /** Everything in sight at once, with smaller words where it must be: nobody scrolls a wall display. */
  readonly whole?: boolean;
};

/** As wide as its place, with the reader's own text size. */
export function FittedTimelinePicture({ timeline, clock, whole = false }: FittedProps) {
  const place = useRef<HTMLDivElement>(null);
  const letter = useRef<HTMLSpanElement>(null);
  const [room, setRoom] = useState<(PictureFrame & { readonly height: number }) | null>(null);
  const frame = useMemo(
    () => (room === null ? null : whole ? wholeFrame(timeline, clock, room) : room),
    [room, whole, timeline, clock],
  );
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null || letter.current === null) return undefined;
    const measure = () => {
      const width = Math.floor(element.clientWidth);
      const em = Number.parseFloat(getComputedStyle(element).fontSize) || usualEm;
      const height = Math.floor(window.innerHeight - element.getBoundingClientRect().top - 4 * em);
      setRoom((before) =>
        before?.width === width && before.em === em && before.height === height ? before : { width, em, height },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // The text size may change while the width doesn't.
    observer.observe(letter.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={place} className={styles.place}>
      <span ref={letter} className={styles.letter} aria-hidden="true" />
      {frame === null || frame.width === 0 ? null : <TimelinePicture timeline={timeline} clock={clock} frame={frame} />}
    </div>
  );
}

const usualEm = 18;
const smallestWhole = 0.6;

/** The largest text with which the whole picture has room. */
function wholeFrame(
  timeline: Timeline,
  clock: TimelineClock,
  { width, em, height }: PictureFrame & { readonly height: number },
): PictureFrame {
  for (let size = 1; size > smallestWhole; size -= 0.05) {
    const frame = { width, em: em * size };
    if (timelineLayout(timeline, clock, frame).height <= height) return frame;
  }
  return { width, em: em * smallestWhole };
}

function Grid({ layout: { ticks, plot } }: { readonly layout: TimelineLayout }) {
  return ticks.map(({ x, hours, clock }) => (
    <g key={x}>
      <line className={styles.grid} x1={x} x2={x} y1={plot.top} y2={plot.bottom} />
      {hours === null ? null : <Words box={hours} />}
      {clock === null ? null : <Words box={clock} look={styles.soft} />}
    </g>
  ));
}

function Band({
  band: { run, y, height, planned, actual, over },
  em,
}: {
  readonly band: PhaseBand;
  readonly em: number;
}) {
  const inset = 0.22 * em;
  return (
    <g>
      <rect className={styles.planned} x={planned.x} width={planned.width} y={y} height={height} />
      {actual === null ? null : (
        <rect
          className={classNames(styles.actual, styles[run.state])}
          x={actual.x}
          width={actual.width}
          y={y + inset}
          height={height - 2 * inset}
        />
      )}
      {over === null ? null : (
        <line
          className={styles.over}
          x1={over.x}
          x2={over.x + over.width}
          y1={y + height / 2}
          y2={y + height / 2}
          strokeWidth={0.35 * em}
          strokeDasharray={`${0.2 * em} ${0.14 * em}`}
        />
      )}
    </g>
  );
}

function Diamond({ mark: { run, x, y, radius, drift, label } }: { readonly mark: MilestoneMark }) {
  return (
    <g>
      {drift === null ? null : <line className={styles.drift} x1={drift.from} x2={drift.to} y1={y} y2={y} />}
      <path
        className={classNames(styles.diamond, styles[run.state])}
        d={`M${x} ${y - radius}L${x + radius} ${y}L${x} ${y + radius}L${x - radius} ${y}Z`}
      />
      <Words box={label} look={run.state === 'late' ? styles.slip : undefined} />
    </g>
  );
}

function Words({
  box: { x, y, width, height, lines, size, bold, anchor },
  look,
}: {
  readonly box: TextBox;
  readonly look?: string | undefined;
}) {
  const from = x + { start: 0, middle: width / 2, end: width }[anchor];
  const rows = lines.map((line, place) => ({ line, y: y + size * (1 + place * lineHeight) }));
  return (
    <>
      <rect className={styles.ground} x={x} y={y} width={width} height={height} />
      <text
        className={classNames(styles.words, look)}
        fontSize={size}
        fontWeight={bold ? 700 : 400}
        textAnchor={anchor}
      >
        {rows.map((row) => (
          <tspan key={row.y} x={from} y={row.y}>
            {row.line}
          </tspan>
        ))}
      </text>
    </>
  );
}

function inWords({ phases, milestones, now }: Timeline, clock: TimelineClock): string {
  return [
    ...(now === null || clock === null ? [] : [`Now ${timeWords(now, clock)}.`]),
    ...phases.map((run) => `${run.phase.title}: ${inOneLine(phaseWords(run, clock))}.`),
    ...milestones.map((each) => `Milestone ${each.milestone.title}: ${inOneLine(milestoneWords(each, clock))}.`),
  ].join(' ');
}
