import { likeness } from './fold.ts';
import type { UnderstoodPhase } from './understood.ts';
import { windowIn, withoutTime } from './times.ts';

/** A line of a timeline. */
export type SaidWindow = {
  readonly line: number;
  readonly title: string;
  readonly from: number | null;
  readonly to: number | null;
};

export function windowFrom(line: number, text: string): SaidWindow {
  const { from, to } = windowIn(text) ?? { from: null, to: null };
  const title = withoutTime((text.split(/:\s/)[0] ?? text).trim());
  return { line, title, from, to };
}

/**
 * Gives each phase the window that a timeline has for it: by likeness of their names and in the same order, so that a name that was worded
 * anew still finds its place between its neighbours. Windows that fit no phase are left.
 */
export function matchWindows(
  phases: readonly UnderstoodPhase[],
  windows: readonly SaidWindow[],
): { readonly phases: readonly UnderstoodPhase[]; readonly left: readonly SaidWindow[] } {
  const pairs = alignment(phases, windows);
  const matched = phases.map((phase, at): UnderstoodPhase => {
    const window = pairs.get(at);
    if (window === undefined) return phase;
    const sure = likeness(phase.title, window.title) >= 0.5;
    return {
      ...phase,
      from: window.from,
      to: window.to,
      lines: [...phase.lines, window.line],
      guessed: sure ? phase.guessed : [...new Set([...phase.guessed, 'from' as const, 'to' as const])],
    };
  });
  const taken = new Set(pairs.values());
  return { phases: matched, left: windows.filter((window) => !taken.has(window)) };
}

/** The pairs, in one order, whose names are most alike in sum; being there at all counts a little. */
function alignment(
  phases: readonly UnderstoodPhase[],
  windows: readonly SaidWindow[],
): ReadonlyMap<number, SaidWindow> {
  // a phase that says its window itself takes another one only by name
  const isTaken = (p: number, w: number) =>
    (phases[p]?.from != null || phases[p]?.to != null) &&
    likeness(phases[p]?.title ?? '', windows[w]?.title ?? '') < 0.5;
  const worth = (p: number, w: number) =>
    isTaken(p, w)
      ? -1
      : 0.15 +
        likeness(phases[p]?.title ?? '', windows[w]?.title ?? '') +
        (phases.length === windows.length && p === w ? 0.1 : 0);
  const sums: number[][] = Array.from({ length: phases.length + 1 }, () =>
    Array.from({ length: windows.length + 1 }, () => 0),
  );
  const sum = (p: number, w: number) => sums[p]?.[w] ?? 0;
  for (let p = phases.length - 1; p >= 0; p -= 1) {
    for (let w = windows.length - 1; w >= 0; w -= 1)
      (sums[p] as number[])[w] = Math.max(sum(p + 1, w), sum(p, w + 1), worth(p, w) + sum(p + 1, w + 1));
  }
  const pairs = new Map<number, SaidWindow>();
  for (let p = 0, w = 0; p < phases.length && w < windows.length;) {
    const both = worth(p, w) + sum(p + 1, w + 1);
    if (both >= sum(p + 1, w) && both >= sum(p, w + 1)) {
      const window = windows[w];
      if (window !== undefined) pairs.set(p, window);
      p += 1;
      w += 1;
    } else if (sum(p + 1, w) >= sum(p, w + 1)) p += 1;
    else w += 1;
  }
  return pairs;
}
