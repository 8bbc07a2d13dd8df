import { shareAt } from '../domain/incident/timeline-scale.ts';
import type { MilestoneRun, PhaseRun, Timeline } from '../domain/incident/timeline.ts';
import { slipWords, timeWords, type TimelineClock } from '../domain/incident/timeline-words.ts';
import { planMinutes, windowWords } from '../domain/incident/time-span.ts';
import { placed, textBox, wrapped, type TextBox } from './text-box.ts';
import { axisLayout, type Tick } from './timeline-axis.ts';
import { milestoneLanes, type MilestoneMark } from './milestone-lanes.ts';

/** What the picture has to stand in: its width and the size of its text, in px. */
export type PictureFrame = { readonly width: number; readonly em: number };

/** A length on the time axis. */
export type Span = { readonly x: number; readonly width: number };

export type PhaseBand = {
  readonly run: PhaseRun;
  readonly y: number;
  readonly height: number;
  /** The outline of its window. */
  readonly planned: Span;
  /** As it really went. */
  readonly actual: Span | null;
  /** What it will run over its window, unless the time is made up. */
  readonly over: Span | null;
};

/** Where everything stands; nothing overlaps and nothing lies outside (see the tests). */
export type TimelineLayout = {
  readonly width: number;
  readonly height: number;
  readonly ticks: readonly Tick[];
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly labels: readonly TextBox[];
  readonly slips: readonly (TextBox & { readonly late: boolean })[];
  readonly bands: readonly PhaseBand[];
  readonly milestones: readonly MilestoneMark[];
  readonly now: { readonly x: number; readonly label: TextBox } | null;
};

/** Text beside the names, in em. */
const small = 0.8333;
/** How narrow the picture may be to have the names of the phases beside the bands, in em. */
const besideFrom = 40;

/** Sets the timeline into its frame. On a phone a phase's name stands above its band, else in a column on the left. */
export function timelineLayout(timeline: Timeline, clock: TimelineClock, frame: PictureFrame): TimelineLayout {
  const { width, em } = frame;
  const beside = width >= besideFrom * em;
  const column = beside ? Math.min(15 * em, width * 0.26) : 0;
  const edge = 0.6 * em;
  const left = column + edge;
  const right = width - edge;
  const xAt = (minutes: number) => left + shareAt(timeline.scale, minutes) * (right - left);
  const axis = axisLayout(timeline.scale, clock, { left, right, edge, em });
  const place: Place = { em, beside, column, left, right, width, xAt };
  const rows: PlacedRow[] = [];
  let y = axis.height + 0.5 * em;
  for (const row of rowsOf(timeline)) {
    const next =
      row.run === null
        ? milestoneRow(row.milestones, clock, place, y)
        : phaseRow(row.run, row.milestones, clock, place, y);
    rows.push(next);
    y = next.bottom + (beside ? 0.9 : 1.1) * em;
  }
  const bottom = y;
  const now = timeline.now === null ? null : nowMark(timeline, clock, xAt(timeline.now), bottom, place);
  return {
    width,
    height: bottom + (now === null ? 0 : now.label.height + 0.2 * em),
    ticks: axis.ticks,
    plot: { left, right, top: axis.height, bottom },
    labels: rows.flatMap((row) => row.labels),
    slips: rows.flatMap(({ slip, band }) => (slip === null ? [] : [{ ...slip, late: (band?.run.slip ?? 0) > 0 }])),
    bands: rows.flatMap((row) => row.band ?? []),
    milestones: rows.flatMap((row) => row.milestones),
    now,
  };
}

type Place = {
  readonly em: number;
  readonly beside: boolean;
  readonly column: number;
  readonly left: number;
  readonly right: number;
  readonly width: number;
  readonly xAt: (minutes: number) => number;
};

type PlacedRow = {
  readonly labels: readonly TextBox[];
  readonly band: PhaseBand | null;
  readonly slip: TextBox | null;
  readonly milestones: readonly MilestoneMark[];
  readonly bottom: number;
};

/** Each phase with the milestones that belong to it; what belongs to no phase comes last. */
function rowsOf({
  phases,
  milestones,
}: Timeline): readonly { readonly run: PhaseRun | null; readonly milestones: readonly MilestoneRun[] }[] {
  const known = new Set(phases.map(({ phase }) => phase.id));
  const others = milestones.filter(({ phase }) => phase === null || !known.has(phase));
  return [
    ...phases.map((run) => ({ run, milestones: milestones.filter(({ phase }) => phase === run.phase.id) })),
    ...(others.length === 0 ? [] : [{ run: null, milestones: others }]),
  ];
}

function phaseRow(
  run: PhaseRun,
  milestones: readonly MilestoneRun[],
  clock: TimelineClock,
  place: Place,
  top: number,
): PlacedRow {
  const { em, beside, column, width, left, right } = place;
  const labels = phaseLabels(run, clock, beside ? column : width, em).map((box) => placed(box, 0, box.y + top));
  const words = slipWords(run.slip);
  const stacked = words === null || beside ? null : slipBelowName(words, labels, place);
  const labelsEnd = Math.max(...[...labels, ...(stacked === null ? [] : [stacked])].map(bottomOf));
  const height = (beside ? 1.5 : 1.2) * em;
  const y = beside ? top : labelsEnd + 0.3 * em;
  const band = bandOf(run, place, y, height);
  const slip = words === null ? null : (stacked ?? slipAtBand(words, band, place));
  // Where the band leaves no room at its side the slip has taken a line below it.
  const bandEnd = Math.max(y + height, slip === null ? 0 : bottomOf(slip));
  const lanes = milestoneLanes(milestones, clock, { left, right, top: bandEnd + 0.35 * em, em, xAt: place.xAt });
  return { labels, band, slip, milestones: lanes.marks, bottom: Math.max(labelsEnd, lanes.bottom, bandEnd) };
}

function milestoneRow(milestones: readonly MilestoneRun[], clock: TimelineClock, place: Place, top: number): PlacedRow {
  const { em, beside, column, width, left, right } = place;
  const style = { size: em, bold: true };
  const label = placed(textBox(wrapped('Milestones of no phase', beside ? column : width, style), style), 0, top);
  const marksTop = beside ? top : top + label.height + 0.3 * em;
  const lanes = milestoneLanes(milestones, clock, { left, right, top: marksTop, em, xAt: place.xAt });
  const bottom = Math.max(top + label.height, lanes.bottom);
  return { labels: [label], band: null, slip: null, milestones: lanes.marks, bottom };
}

/** Name, then share done and window, one below the other from 0. */
function phaseLabels(run: PhaseRun, clock: TimelineClock, width: number, em: number): readonly TextBox[] {
  const { phase, done, of } = run;
  const bold = { size: em, bold: true };
  const quiet = { size: small * em };
  const title = textBox(wrapped(phase.title, width, bold), bold);
  const share = clock === null ? `${of} ${of === 1 ? 'task' : 'tasks'}` : `${done} of ${of} done`;
  const detail = textBox(wrapped(`${share} · ${windowWords(phase.from, phase.to)}`, width, quiet), quiet);
  return [title, placed(detail, 0, title.height)];
}

function bandOf(run: PhaseRun, { xAt }: Place, y: number, height: number): PhaseBand {
  const span = (from: number, to: number, least = 0): Span => {
    const x = xAt(from);
    return { x, width: Math.max(xAt(to) - x, least) };
  };
  const { phase, actual, slip, state } = run;
  const reached = Math.max(phase.to, actual?.to ?? 0);
  const expected = phase.to + slip;
  return {
    run,
    y,
    height,
    planned: span(phase.from, phase.to, 2),
    actual: actual === null ? null : span(actual.from, actual.to, 3),
    over:
      (state === 'running' || state === 'planned') && slip > 0 && expected > reached ? span(reached, expected) : null,
  };
}

/** On a phone: at the end of the line below the name, else on a line of its own. */
function slipBelowName(words: string, labels: readonly TextBox[], { em, width }: Place): TextBox {
  const style = { size: small * em, bold: true };
  const box = textBox(wrapped(words, width, style), style);
  const last = labels.at(-1);
  if (last === undefined) return box;
  const end = last.width + 0.6 * em;
  if (last.lines.length === 1 && end + box.width <= width) return placed(box, end, last.y);
  return placed(box, 0, bottomOf(last));
}

/** Behind the band, else before it, else below. */
function slipAtBand(words: string, band: PhaseBand, { em, left, right }: Place): TextBox {
  const box = textBox([words], { size: em, bold: true });
  const gap = 0.5 * em;
  const spans = [band.planned, band.actual, band.over].filter((span) => span !== null);
  const start = Math.min(...spans.map(({ x }) => x));
  const end = Math.max(...spans.map((span) => span.x + span.width));
  const y = band.y + (band.height - box.height) / 2;
  if (end + gap + box.width <= right) return placed(box, end + gap, y);
  if (start - gap - box.width >= left) return placed(box, start - gap - box.width, y, 'end');
  return placed(box, right - box.width, band.y + band.height + 0.1 * em, 'end');
}

function nowMark(timeline: Timeline, clock: TimelineClock, x: number, y: number, { em, width }: Place) {
  const name = timeline.state === 'closed' ? 'closed' : 'now';
  const at = timeline.now ?? 0;
  const box = textBox([`${name} ${timeWords(at, clock)}`, `T+ ${planMinutes(at)}`], { size: 0.9 * em, bold: true });
  return { x, label: placed(box, clamped(x - box.width / 2, 0, width - box.width), y + 0.1 * em, 'middle') };
}

function bottomOf({ y, height }: TextBox): number {
  return y + height;
}

function clamped(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
