import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { version } from 'node:process';
import { fileURLToPath } from 'node:url';
import { findBrowser } from '../../../scripts/find-browser.mjs';

/*
 * What the benches found, kept outside Playwright's own folder so that they can be run one by one: each run replaces its own rows,
 * and the table is written from all of them.
 */

const folder = fileURLToPath(new URL('../../../test-results/measured/', import.meta.url));
const table = fileURLToPath(new URL('../../../docs/bench.md', import.meta.url));

export type Row = {
  /** Rows stand in this order. */
  readonly place: number;
  readonly what: string;
  readonly figure: string;
  readonly target: string | null;
  /** Null where there is no target. */
  readonly met: boolean | null;
  /** How many times it was measured, and what is given of them. */
  readonly of: string;
};

export function report(row: Row): void {
  mkdirSync(folder, { recursive: true });
  // the bench itself keeps about two processes busy; more than twice that is other people's work
  const [, load = 0] = loadavg();
  const busy = load > 2 * cpus().length ? `, † load ${load.toFixed(0)}` : '';
  writeFileSync(`${folder}${String(row.place).padStart(3, '0')}.json`, JSON.stringify({ ...row, of: row.of + busy }));
  writeTable();
}

/** The value below which `share` of them lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Two digits that count, with the unit a person would use. */
export function time(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(0)} s`;
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
}

function writeTable(): void {
  const rows = readdirSync(folder)
    .toSorted()
    .map((file) => JSON.parse(readFileSync(folder + file, 'utf8')) as Row);
  const browser = execFileSync(findBrowser(), ['--version'], { encoding: 'utf8' }).trim();
  const [cpu] = cpus();
  const machine = `${String(cpus().length)} cores (${cpu?.model ?? 'unknown'}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Node ${version}, ${browser}`;
  const lines = rows.map(({ what, figure, target, met, of }) => {
    const verdict = met === null ? '' : met ? 'met' : '**missed**';
    return `| ${what} | ${figure} | ${target ?? ''} | ${verdict} | ${of} |`;
  });
  writeFileSync(table, [...preface(machine), ...lines, ''].join('\n'));
}

function preface(machine: string): readonly string[] {
  return [
    '# Measurements',
    '',
    'Written by `npm run bench`; one bench alone: `npm run bench -- scroll`. Real server, real Chromium, real service worker; offline',
    'means that the server’s process is dead, cold that the browser’s process was killed before. A slowdown is Chromium’s own CPU',
    'throttling of the page; the service worker is not slowed. Nothing in the test suite depends on these figures.',
    '',
    `Machine: ${machine}.`,
    '',
    'A row with † was measured while the machine was busy with other work: its times are too long, by up to load ÷ cores.',
    '',
    `Plans: Seed is the built-in plan, Large the generated one of 34 roles, 2,400 tasks and 250 contacts.`,
    '',
    '| what | measured | target | | of |',
    '| --- | --- | --- | --- | --- |',
  ];
}
