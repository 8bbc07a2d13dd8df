// `npm run simulate -- --seeds 1000000 --from 1`: plays seeds of tests/simulation on every core, and prints those that fail.
//   --seeds N    how many (2000)          --from N     the first (1)
//   --seed N     this one alone, with its trace
//   --stop       ends at the first failing seed; its number is the last line
//   --workers N  as many processes (one a core)
//   --planted    plants each fault of tests/simulation/planted-faults.mjs in a copy of the tree, and says which seed finds it (400 seeds)
//   --fault NAME this one of them alone
import { fork } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import process, { argv, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildSimulation } from './build-simulation.mjs';
import { playPlanted } from './play-planted.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = `${root}node_modules/.cache/holdfast/simulation-${process.pid}`;
const blockSize = 20;

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    stop: { type: 'boolean', default: false },
    planted: { type: 'boolean', default: false },
    fault: { type: 'string' },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
});
const alone = values.seed !== undefined;
const from = Number(values.seed ?? values.from);
const seeds = alone ? 1 : Number(values.seeds ?? (values.planted ? 400 : 2000));

/**
 * @typedef {{ tag: 'told', seed: number, faults: string[], trace: string[], hash: string, changes: number }} Told
 * @typedef {{ tag: 'done', count: number, changes: number }} Done
 */

let next = from;
let played = 0;
let changes = 0;
/** @type {number[]} */
const failing = [];
const began = Date.now();

if (values.planted) {
  if (!(await playPlanted(root, { from, count: seeds }, values.fault))) process.exitCode = 1;
} else {
  await playAll();
}

async function playAll() {
  try {
    buildSimulation(root, built);
    const workers = Math.max(1, Math.min(Number(values.workers), Math.ceil(seeds / blockSize)));
    await Promise.all(Array.from({ length: workers }, () => work()));
    summarise();
  } finally {
    await rm(built, { recursive: true, force: true });
  }
}

/** One process, block after block until there are no more. A process that dies has met a bug in the seeds it was playing. */
function work() {
  return new Promise((resolve, reject) => {
    const child = fork(`${built}/main.js`, { cwd: root, execArgv: ['--no-warnings', ...process.execArgv] });
    let ended = false;
    const end = () => {
      ended = true;
      child.kill();
      resolve(undefined);
    };
    const give = () => {
      const left = from + seeds - next;
      if (left <= 0 || (values.stop && failing.length > 0)) return end();
      const count = Math.min(blockSize, left);
      child.send({ from: next, count, withTrace: alone });
      next += count;
    };
    child.on('message', (/** @type {Told | Done} */ message) => {
      if (message.tag === 'told') {
        tell(message);
        if (values.stop && failing.length > 0) end();
        return;
      }
      played += message.count;
      changes += message.changes;
      if (played % 1000 < blockSize) stdout.write(`${progress()}\n`);
      give();
    });
    child.on('exit', (code) => {
      if (!ended) reject(new Error(`a worker ended by itself (${code})`));
    });
    give();
  });
}

/** @param {Told} told */
function tell({ seed, faults, trace, hash }) {
  if (faults.length === 0) {
    stdout.write(`${trace.join('\n')}\nseed ${seed}: good, trace ${hash}\n`);
    return;
  }
  failing.push(seed);
  const shown = alone || failing.length === 1 ? `${trace.join('\n')}\n` : '';
  stdout.write(`${shown}seed ${seed} FAILS, trace ${hash}\n${faults.map((fault) => `  ${fault}`).join('\n')}\n`);
}

function progress() {
  const seconds = (Date.now() - began) / 1000;
  return `${played} of ${seeds} seeds, ${changes} changes, ${failing.length} failing, ${(played / seconds).toFixed(1)} a second`;
}

function summarise() {
  if (alone && failing.length === 0) return;
  stdout.write(`${progress()}\n`);
  if (failing.length === 0) return;
  stdout.write(
    `Failing: ${failing.sort((a, b) => a - b).join(' ')}. Keep them in tests/simulation/regressions.json.\n`,
  );
  stdout.write(`npm run simulate -- --seed ${failing[0]}\n`);
  process.exitCode = 1;
}
