// Runs oxlint with its type-aware rules, and fails when they were silently left out: after "Invalid tsconfig" oxlint skips
// them and still ends well.
import { spawnSync } from 'node:child_process';
import process, { argv, execPath, stderr, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const oxlint = fileURLToPath(new URL('../node_modules/oxlint/bin/oxlint', import.meta.url));

const {
  status,
  stdout: out,
  stderr: err,
} = spawnSync(
  execPath,
  [oxlint, '--type-aware', '--deny-warnings', '--report-unused-disable-directives', ...argv.slice(2)],
  { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
);
stdout.write(out);
stderr.write(err);
const skipped = /invalid tsconfig/i.test(out + err);
if (skipped) stderr.write('Type-aware rules did not run: see "Invalid tsconfig" above.\n');
process.exitCode = skipped ? 1 : (status ?? 1);
