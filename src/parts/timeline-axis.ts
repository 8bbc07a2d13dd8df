import { shareAt, type TimelineScale } from '../domain/incident/timeline-scale.ts';
import type { TimelineClock } from '../domain/incident/timeline-words.ts';
import { planMinutes } from '../domain/incident/time-span.ts';
import { clockTime, dayWords } from '../domain/incident/zoned-time.ts';
import { minute } from '../domain/time.ts';
import { placed, textBox, type TextBox } from './text-box.ts';

/** One stop of the axis: hours after T0 above the time of day. Words that find no room are left out, the line stays. */
export type Tick = { readonly x: number; readonly hours: TextBox | null; readonly clock: TextBox | null };

type Axis = { readonly left: number; readonly right: number; readonly edge: number; readonly em: number };

export function axisLayout(
  scale: TimelineScale,
  clock: TimelineClock,
  { left, right, edge, em }: Axis,
): { readonly ticks: readonly Tick[]; readonly height: number } {
  const size = 0.8333 * em;
  const stops = scale.stops.map(({ minutes }) => ({ minutes, x: left + shareAt(scale, minutes) * (right - left) }));
  const fitted = (box: TextBox, x: number) => {
    if (x - box.width / 2 < left - edge) return placed(box, left - edge, 0, 'start');
    if (x + box.width / 2 > right + edge) return placed(box, right + edge - box.width, 0, 'end');
    return placed(box, x - box.width / 2, 0, 'middle');
  };
  const hours = spread(
    stops.map(({ minutes, x }) =>
      fitted(textBox([minutes === 0 ? 'T0' : planMinutes(minutes)], { size, bold: true }), x),
    ),
    1,
    0.25 * em,
  );
  const clocks =
    clock === null
      ? []
      : spread(
          clockLines(stops, clock).map((lines, place) => fitted(textBox(lines, { size }), stops[place]?.x ?? 0)),
          2,
          0.4 * em,
        );
  const hoursHeight = Math.max(0, ...hours.map((box) => box?.height ?? 0));
  const ticks = stops.map(({ x }, place) => {
    const under = clocks[place] ?? null;
    return {
      x,
      hours: hours[place] ?? null,
      clock: under === null ? null : placed(under, under.x, under.y + hoursHeight, under.anchor),
    };
  });
  const bottoms = ticks.flatMap((tick) =>
    [tick.hours, tick.clock].map((box) => (box === null ? 0 : box.y + box.height)),
  );
  return { ticks, height: Math.max(...bottoms) };
}

/** The time of day, and the date where it is another than at the stop before. */
function clockLines(stops: readonly { readonly minutes: number }[], clock: NonNullable<TimelineClock>) {
  let before = '';
  return stops.map(({ minutes }) => {
    const at = clock.startedAt + minutes * minute;
    const date = dayWords(at, clock.zone);
    const lines = date === before ? [clockTime(at, clock.zone)] : [clockTime(at, clock.zone), date];
    before = date;
    return lines;
  });
}

/** Gives each box the first line in which it touches no other; the two ends choose first. Null where no line has room. */
function spread(boxes: readonly TextBox[], lines: number, gap: number): readonly (TextBox | null)[] {
  const placedBoxes: (TextBox | null)[] = boxes.map(() => null);
  const height = Math.max(0, ...boxes.map((box) => box.height));
  const places = boxes.map((_, place) => place);
  for (const place of [...new Set([0, boxes.length - 1, ...places])]) {
    const box = boxes[place];
    if (box === undefined) continue;
    for (let line = 0; line < lines && placedBoxes[place] === null; line += 1) {
      const y = line * height;
      const free = placedBoxes.every(
        (other) =>
          other === null || other.y !== y || other.x + other.width + gap <= box.x || box.x + box.width + gap <= other.x,
      );
      if (free) placedBoxes[place] = placed(box, box.x, y, box.anchor);
    }
  }
  return placedBoxes;
}
