// `npm run fuzz -- --requests N --seed S`: hostile requests to every route of openapi.json, three quarters on SQLite, the rest on
// PostgreSQL. Without numbers what CI asks.
import { spawnSync } from 'node:child_process';
import process, { argv, env, exit, platform, stderr } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  args: argv.slice(2),
  options: { requests: { type: 'string' }, seed: { type: 'string' } },
});
for (const [name, value] of Object.entries(values)) {
  if (/^\d{1,9}$/.test(value)) continue;
  stderr.write(`--${name} takes a whole number, not "${value}".\n`);
  exit(1);
}
const { status } = spawnSync('npx', ['vitest', 'run', 'tests/sync-server/fuzz.test.ts'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  stdio: 'inherit',
  shell: platform === 'win32',
  env: {
    ...env,
    ...(values.requests === undefined ? {} : { HOLDFAST_FUZZ_REQUESTS: values.requests }),
    ...(values.seed === undefined ? {} : { HOLDFAST_FUZZ_SEED: values.seed }),
  },
});
process.exitCode = status ?? 1;
