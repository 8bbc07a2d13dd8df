import type { MilestoneRun } from '../domain/incident/timeline.ts';
import { timeWords, type TimelineClock } from '../domain/incident/timeline-words.ts';
import { planMinutes, spanWords } from '../domain/incident/time-span.ts';
import { unreachable } from '../domain/result.ts';
import { minute } from '../domain/time.ts';
import { lineHeight, placed, textBox, wrapped, type TextBox } from './text-box.ts';

/** A diamond with its words. */
export type MilestoneMark = {
  readonly run: MilestoneRun;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** From where it was planned to the diamond, or to now while it is late; null on time. */
  readonly drift: { readonly from: number; readonly to: number } | null;
  readonly label: TextBox;
};

type Lanes = {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly em: number;
  readonly xAt: (minutes: number) => number;
};

/** One label or one below another, so many lanes as it takes: no two labels meet, none passes the edge. */
export function milestoneLanes(
  milestones: readonly MilestoneRun[],
  clock: TimelineClock,
  lanes: Lanes,
): { readonly marks: readonly MilestoneMark[]; readonly bottom: number } {
  const wanted = milestones.map((run) => draft(run, clock, lanes)).sort((a, b) => a.x - b.x);
  const taken: Draft[][] = [];
  for (const each of wanted) {
    const free = taken.find((lane) => lane.every((other) => other.end <= each.start || each.end <= other.start));
    if (free === undefined) taken.push([each]);
    else free.push(each);
  }
  let y = lanes.top;
  const marks: MilestoneMark[] = [];
  for (const lane of taken) {
    for (const each of lane) marks.push(markAt(each, y));
    y += Math.max(...lane.map(({ height }) => height)) + 0.15 * lanes.em;
  }
  return { marks, bottom: y };
}

/** What one milestone needs of a lane: a length of it and a height. */
type Draft = Omit<MilestoneMark, 'y' | 'label'> & {
  readonly start: number;
  readonly end: number;
  readonly height: number;
  readonly words: TextBox;
  readonly wordsAt: { readonly x: number; readonly y: number; readonly anchor: TextBox['anchor'] };
  readonly size: number;
};

function draft(run: MilestoneRun, clock: TimelineClock, { left, right, em, xAt }: Lanes): Draft {
  const size = 0.8333 * em;
  const radius = 0.45 * em;
  const gap = 0.35 * em;
  const planned = xAt(run.milestone.at);
  const actual = xAt(run.milestone.at + (run.state === 'planned' ? 0 : run.slip));
  const x = run.state === 'reached' ? actual : planned;
  const marks = { start: Math.min(planned, actual) - radius, end: Math.max(planned, actual) + radius };
  const text = labelText(run, clock);
  const room = { right: right + radius - marks.end - gap, left: marks.start - left - gap };
  const style = { size, bold: run.state === 'late' };
  const drift = planned === actual ? null : { from: planned, to: actual };
  const base = { run, x, radius, drift, size };
  const line = textBox([text], style);
  const broader = Math.max(room.right, room.left);
  // With almost no room at either side the words stand below the diamond, over the whole width.
  if (line.width > broader && broader < 9 * em) {
    const words = textBox(wrapped(text, right - left, style), style);
    const below = 2 * radius + 0.1 * em;
    return {
      ...base,
      start: left - radius,
      end: right + radius,
      height: below + words.height,
      words,
      wordsAt: { x: left, y: below, anchor: 'start' },
    };
  }
  const toRight = line.width <= room.right || (line.width > room.left && room.right >= room.left);
  const words = textBox(wrapped(text, toRight ? room.right : room.left, style), style);
  const wordsX = toRight ? marks.end + gap : marks.start - gap - words.width;
  return {
    ...base,
    start: Math.min(marks.start, wordsX) - gap,
    end: Math.max(marks.end, wordsX + words.width) + gap,
    height: Math.max(words.height, 2 * radius),
    words,
    wordsAt: { x: wordsX, y: 0, anchor: toRight ? 'start' : 'end' },
  };
}

function markAt({ words, wordsAt, size, start, end, height, ...mark }: Draft, top: number): MilestoneMark {
  // The diamond stands at the middle of the first line.
  const y = top + Math.max(mark.radius, wordsAt.y === 0 ? (size * lineHeight) / 2 : 0);
  return { ...mark, y, label: placed(words, wordsAt.x, top + wordsAt.y, wordsAt.anchor) };
}

/** The state stays in one piece where a label breaks. */
function labelText(run: MilestoneRun, clock: TimelineClock): string {
  const { milestone, rto } = run;
  const objective = rto === null ? '' : ` (RTO\u00a0${planMinutes(rto).replace(' ', '\u00a0')})`;
  return `${milestone.title}${objective}, ${stateText(run, clock).replaceAll(' ', '\u00a0')}`;
}

function stateText({ milestone, state, reachedAt, slip }: MilestoneRun, clock: TimelineClock): string {
  switch (state) {
    case 'late':
      return `${spanWords(slip * minute)} late`;
    case 'reached':
      return reachedAt === null ? 'reached' : `reached ${timeWords(reachedAt, clock)}`;
    case 'planned':
      return timeWords(milestone.at, clock);
    default:
      return unreachable(state);
  }
}
