// Measures the built server under load: `npm run load`, one part of it with `npm run load -- storm`. Bundles the load generator first,
// since it and its processes are TypeScript that must start without a test tool.
import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import process, { argv, execPath, exit } from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const vite = `${root}node_modules/vite/bin/vite.js`;
const outDir = `${root}node_modules/.cache/holdfast-load`;
const built = run([
  vite,
  'build',
  '--ssr',
  'tests/bench/load/main.ts',
  '--outDir',
  outDir,
  '--emptyOutDir',
  '--logLevel',
  'error',
]);
if (built === 0) copyFileSync(`${root}tests/support/large-plan-words.json`, `${outDir}/large-plan-words.json`);
exit(built === 0 ? run([`${outDir}/main.js`, ...argv.slice(2)]) : built);

/** @param {readonly string[]} args @returns {number} */
function run(args) {
  const { status } = spawnSync(execPath, [...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  return status ?? 1;
}
