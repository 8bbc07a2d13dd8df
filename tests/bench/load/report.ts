import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { cwd, version } from 'node:process';
import type { Measured } from './compared.ts';

/** A figure with the same work done by the floor beside it, in the same run. */
export type Comparison = {
  readonly name: string;
  readonly floor: readonly Measured[];
  readonly ours: readonly Measured[];
  /** What multiple of the floor's time is aimed at; null where nothing is. */
  readonly most: number | null;
};

/** A figure with a target of its own. */
export type Figure = { readonly what: string; readonly figure: string; readonly target: string; readonly met: boolean };

export function comparisonLine({ name, floor, ours, most }: Comparison): string {
  const [times, cores] = [ratioOf(floor, ours, 'took'), ratioOf(floor, ours, 'onCore')];
  const cells = [
    name,
    time(median(floor.map(({ took }) => took))),
    time(median(ours.map(({ took }) => took))),
    `${times.toFixed(1)}x`,
    `${cores.toFixed(1)}x`,
    most === null ? 'none' : `≤ ${String(most)}x`,
    most === null ? '' : verdict(times <= most),
  ];
  return `| ${cells.join(' | ')} |`;
}

export function figureLine({ what, figure, target, met }: Figure): string {
  return `| ${what} | ${figure} | ${target} | ${verdict(met)} |`;
}

/** `docs/load.md` as a whole: half of it would be compared with a machine that it was not measured on. */
export function writeReport(comparisons: readonly Comparison[], figures: readonly Figure[], runs: number): void {
  const lines = [
    ...preface(runs),
    '',
    '| what | floor | Holdfast | time | on a core | target | |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...comparisons.map(comparisonLine),
    '',
    '| what | measured | target | |',
    '| --- | --- | --- | --- |',
    ...figures.map(figureLine),
    '',
  ];
  writeFileSync(`${cwd()}/docs/load.md`, lines.join('\n'));
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function time(ms: number): string {
  return ms >= 10_000
    ? `${(ms / 1000).toFixed(0)} s`
    : ms >= 1000
      ? `${(ms / 1000).toFixed(1)} s`
      : `${ms.toFixed(0)} ms`;
}

function preface(runs: number): readonly string[] {
  const [cpu] = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  const [load = 0] = loadavg();
  return [
    '# Load',
    '',
    'Written by `npm run load`; one part alone, without writing: `npm run load -- storm` (or `compared`, `two-nodes`, `idle`, `wire`).',
    'Built server, load generator and floor are processes of their own on one machine. The floor is bare Fastify with one durable SQLite transaction (WAL,',
    '`synchronous=FULL`) for each batch and a page of winners after a cursor: no session, no history, no checks. Holdfast runs with all of',
    'its checks, and its devices have keys, sessions and people of their own. Neither side is asked to compress, but where it says so.',
    '',
    `Machine: ${String(cpus().length)} cores (${cpu?.model ?? 'unknown'}), ${memory} GiB, Node ${version}; load average at the end ${load.toFixed(0)}.`,
    '',
    `Each line is the median of ${String(runs)} runs, floor and Holdfast in turn. “time” is Holdfast’s as a multiple of the floor’s; “on a core” the`,
    'same for the time that the server had a core, which depends less on what else the machine did. Of two nodes on one PostgreSQL it counts both',
    'and not the database, which is set as it comes and shares the cores. Every second device speaks with each of them; the floor beside them is the',
    'same, one process on SQLite, and nothing is aimed at.',
  ];
}

function ratioOf(floor: readonly Measured[], ours: readonly Measured[], of: keyof Measured): number {
  return median(ours.map((each) => each[of])) / median(floor.map((each) => each[of]));
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

function verdict(met: boolean): string {
  return met ? 'met' : '**missed**';
}
