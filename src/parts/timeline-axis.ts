import { shareAt, type TimelineScale } from '../domain/incident/timeline-scale.ts';
import type { TimelineClock } from '../domain/incident/timeline-words.ts';
import { planMinutes } from '../domain/incident/time-span.ts';
import { clockTime, dayWords } from '../domain/incident/zoned-time.ts';
import { minute } from '../domain/time.ts';
import { placed, textBox, type TextBox } from './text-box.ts';

/** One stop of the axis: hours after T0 right above the time of day. Words that find no room are left out, the line stays. */
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
    0.25 * em,
  );
  const clocks = clock === null ? [] : clockBoxes(stops, clock, (lines, x) => fitted(textBox(lines, { size }), x), em);
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

/** The times of day that have room, each with the date where that is another than at the one before. */
function clockBoxes(
  stops: readonly { readonly minutes: number; readonly x: number }[],
  { startedAt, zone }: NonNullable<TimelineClock>,
  boxOf: (lines: readonly string[], x: number) => TextBox,
  em: number,
): readonly (TextBox | null)[] {
  const words = stops.map(({ minutes }) => {
    const at = startedAt + minutes * minute;
    return [clockTime(at, zone), dayWords(at, zone)] as const;
  });
  const roomy = spread(
    words.map((lines, place) => boxOf(lines, stops[place]?.x ?? 0)),
    0.4 * em,
  );
  let before = '';
  return words.map(([time, date], place) => {
    if (roomy[place] == null) return null;
    const lines = date === before ? [time] : [time, date];
    before = date;
    return boxOf(lines, stops[place]?.x ?? 0);
  });
}

/** The boxes that touch no other; the two ends choose first. Null for those without room. */
function spread(boxes: readonly TextBox[], gap: number): readonly (TextBox | null)[] {
  const shown: (TextBox | null)[] = boxes.map(() => null);
  const places = boxes.map((_, place) => place);
  for (const place of new Set([0, boxes.length - 1, ...places])) {
    const box = boxes[place];
    const isFree = ({ x, width }: TextBox) =>
      shown.every((other) => other === null || other.x + other.width + gap <= x || x + width + gap <= other.x);
    if (box !== undefined && isFree(box)) shown[place] = box;
  }
  return shown;
}
