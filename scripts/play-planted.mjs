import { fork } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process, { stdout } from 'node:process';
import { plantedFaults } from '../tests/simulation/planted-faults.mjs';
import { buildSimulation } from './build-simulation.mjs';

/*
 * Plants one fault after the other in a copy of the tree and plays seeds there until one fails: what the simulation would find
 * if somebody made that mistake (docs/reliability.md, Planted faults).
 */

/** A seed that plays longer than this hangs. The largest take some seconds. */
const mostMs = 180_000;
const needed = [
  'src',
  'sync-server',
  'tests',
  'package.json',
  'vite.config.ts',
  'tsconfig.base.json',
  'scripts',
  'public',
];

/**
 * @typedef {import('../tests/simulation/planted-faults.mjs').PlantedFault} PlantedFault
 * @typedef {{ readonly from: number, readonly count: number }} Seeds
 * @typedef {{ readonly seed: number, readonly check: string }} Found
 */

/**
 * Prints a table as docs/reliability.md has it. True if every fault was found.
 * @param {string} root
 * @param {Seeds} seeds
 * @param {string | undefined} name one alone
 */
export async function playPlanted(root, seeds, name) {
  const faults = plantedFaults.filter((fault) => name === undefined || fault.name === name);
  if (faults.length === 0) throw new Error(`no planted fault is called ${name}`);
  stdout.write('| fault | what it breaks | found at seed | by |\n| --- | --- | --: | --- |\n');
  let missed = 0;
  for (const fault of faults) {
    const found = await withPlanted(root, fault, (worker) => firstFound(worker, seeds));
    if (found === null) missed += 1;
    stdout.write(`${row(fault, found, seeds)}\n`);
  }
  return missed === 0;
}

/**
 * @template T
 * @param {string} root
 * @param {PlantedFault} fault
 * @param {(worker: string) => Promise<T>} play
 */
async function withPlanted(root, { name, file, find, replace }, play) {
  const tree = `${await mkdtemp(join(tmpdir(), `holdfast-${name}-`))}/`;
  try {
    for (const each of needed) await cp(root + each, tree + each, { recursive: true });
    await symlink(`${root}node_modules`, `${tree}node_modules`);
    const [before, after, ...more] = (await readFile(tree + file, 'utf8')).split(find);
    if (before === undefined || after === undefined || more.length > 0)
      throw new Error(`${file} does not hold the place of ${name} exactly once`);
    await writeFile(tree + file, before + replace + after);
    buildSimulation(tree, `${tree}built`);
    return await play(`${tree}built/main.js`);
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
}

/**
 * @param {string} worker
 * @param {Seeds} seeds
 * @returns {Promise<Found | null>}
 */
function firstFound(worker, { from, count }) {
  return new Promise((resolve) => {
    const child = fork(worker, { execArgv: ['--no-warnings', ...process.execArgv] });
    let seed = from;
    /** @type {NodeJS.Timeout | undefined} */
    let patience;
    /** @param {Found | null} found */
    const end = (found) => {
      clearTimeout(patience);
      child.removeAllListeners();
      child.kill('SIGKILL');
      resolve(found);
    };
    const give = () => {
      if (seed >= from + count) return end(null);
      patience = setTimeout(() => end({ seed, check: 'the run does not end' }), mostMs);
      child.send({ from: seed, count: 1, withTrace: false });
    };
    child.on('message', (/** @type {{ tag: string, faults: string[] }} */ message) => {
      if (message.tag === 'told') return end({ seed, check: message.faults[0] ?? '' });
      clearTimeout(patience);
      seed += 1;
      give();
    });
    child.on('exit', (code) => end({ seed, check: `the process ends by itself (${code})` }));
    give();
  });
}

/**
 * @param {PlantedFault} fault
 * @param {Found | null} found
 * @param {Seeds} seeds
 */
function row({ name, breaks, rule }, found, { count }) {
  const cells = found === null ? [`**not found in ${count}**`, ''] : [String(found.seed), withoutNames(found.check)];
  return `| \`${name}\` | ${breaks} (${rule}) | ${cells.join(' | ')} |`;
}

/**
 * Ids, stamps and devices are of that run alone.
 * @param {string} check
 */
function withoutNames(check) {
  return (check.split('\n')[0] ?? '')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z(-[0-9a-f]{4}-[0-9a-f]{16})?/g, '…')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, '…')
    .replaceAll(/\b(?:e_[0-9a-f]{24}|[0-9a-f]{16})\b/g, '…')
    .replaceAll('|', '/')
    .slice(0, 140);
}
