// `npm run check` and, with `--all`, `npm test`. Runs one step after the other, stops at the first that fails, and closes
// with one line that counts the tests of all steps. A failed step without tests counts as one.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import process, { argv, platform, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly string[]} npm arguments of npm
 * @property {string} [report] where the step leaves its counts
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const reports = `${root}test-results/counts`;

/** @type {readonly Step[]} */
const checks = [
  { name: 'format', npm: ['run', 'format:check'] },
  { name: 'lint', npm: ['run', 'lint'] },
  { name: 'types', npm: ['run', 'types'] },
  { name: 'dead code', npm: ['run', 'dead-code'] },
  { name: 'sizes', npm: ['run', 'size'] },
  vitest('unit tests', 'unit'),
];
/** @type {readonly Step[]} */
const rest = [
  vitest('server tests', 'server'),
  { name: 'build', npm: ['run', 'build'] },
  { name: 'browser suite', npm: ['run', 'e2e'], report: `${reports}/e2e.json` },
];

runAll(argv.includes('--all') ? [...checks, ...rest] : checks);

/** @param {string} name @param {string} script @returns {Step} */
function vitest(name, script) {
  const report = `${reports}/${script}.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return { name, npm: ['run', script, '--', ...reporters], report };
}

/** @param {readonly Step[]} steps */
function runAll(steps) {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  let passed = 0;
  let failed = 0;
  for (const step of steps) {
    stdout.write(`\n── ${step.name} ──\n`);
    const counts = run(step);
    passed += counts.passed;
    failed += counts.failed;
    if (failed > 0) {
      stdout.write(`\nFailed: ${step.name}\n`);
      break;
    }
  }
  stdout.write(`\n${passed} passed, ${failed} failed\n`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** @typedef {{ readonly passed: number, readonly failed: number }} Counts */

/** @param {Step} step @returns {Counts} */
function run(step) {
  const ended = spawnSync('npm', [...step.npm], { cwd: root, stdio: 'inherit', shell: platform === 'win32' });
  const counts = step.report === undefined ? { passed: 0, failed: 0 } : readCounts(step.report);
  return ended.status === 0 ? counts : { passed: counts.passed, failed: Math.max(1, counts.failed) };
}

/** Reads what Vitest and Playwright leave behind. A step that died before it could write has counted nothing.
 * @param {string} report @returns {Counts} */
function readCounts(report) {
  if (!existsSync(report)) return { passed: 0, failed: 0 };
  /** @type {{ numPassedTests?: number, numFailedTests?: number, stats?: { expected: number, flaky: number, unexpected: number } }} */
  const { numPassedTests = 0, numFailedTests = 0, stats } = JSON.parse(readFileSync(report, 'utf8'));
  if (stats === undefined) return { passed: numPassedTests, failed: numFailedTests };
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
}
