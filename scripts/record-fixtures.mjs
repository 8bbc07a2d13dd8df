// `node scripts/record-fixtures.mjs <name>` writes down what today's phone and server say to each other, as
// tests/fixtures/protocol-1/<name>/. What is there is never recorded again: phones that sleep speak as they did.
import { spawnSync } from 'node:child_process';
import { argv, env, exit, platform, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';

const [name = ''] = argv.slice(2);
if (!/^[a-z0-9.-]+$/.test(name)) {
  stdout.write('Give the recording a name of its own, like 2026-11.\n');
  exit(1);
}
const { status } = spawnSync('npx', ['vitest', 'run', 'tests/sync/protocol-1.test.ts', '-t', 'records'], {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  stdio: 'inherit',
  shell: platform === 'win32',
  env: { ...env, HOLDFAST_RECORD: name },
});
exit(status ?? 1);
