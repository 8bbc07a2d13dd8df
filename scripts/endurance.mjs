// `npm run endurance`: the tests that kill, two hundred times each. HOLDFAST_ROUNDS and HOLDFAST_SEED choose otherwise; names
// given choose which (`npm run endurance -- server disk`). Each says every ten rounds how far it is.
import { spawnSync } from 'node:child_process';
import { argv, env, exit, platform, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** @type {Readonly<Record<string, readonly string[]>>} */
const runs = {
  server: ['vitest', 'run', 'tests/sync-server/kills.test.ts'],
  oracle: ['vitest', 'run', 'tests/sync-server/oracle-'],
  power: ['vitest', 'run', 'tests/sync-server/power-cuts.test.ts'],
  disk: ['vitest', 'run', 'tests/sync-server/full-disk.test.ts'],
  sleeper: ['vitest', 'run', 'tests/sync/two-years.test.ts'],
  browser: ['playwright', 'test', 'tests/e2e/kills.spec.ts'],
};

const chosen = argv.length > 2 ? argv.slice(2) : Object.keys(runs);
const rounds = env['HOLDFAST_ROUNDS'] ?? '200';
run('node', ['scripts/build.mjs']);
for (const name of chosen) {
  const args = runs[name];
  if (args === undefined) {
    stdout.write(`There is no ${name}; there are ${Object.keys(runs).join(', ')}.\n`);
    exit(1);
  }
  stdout.write(`\n── ${name}: ${rounds} rounds ──\n`);
  run('npx', args);
}

/** @param {string} command @param {readonly string[]} args */
function run(command, args) {
  const { status } = spawnSync(command, [...args], {
    cwd: root,
    stdio: 'inherit',
    shell: platform === 'win32',
    env: { ...env, HOLDFAST_ROUNDS: rounds },
  });
  if (status !== 0) exit(status ?? 1);
}
