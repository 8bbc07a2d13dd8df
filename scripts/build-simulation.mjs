import { execFileSync } from 'node:child_process';
import { env, execPath } from 'node:process';

/**
 * Builds the worker that plays seeds (tests/simulation/main.ts) of the tree in `root`.
 * @param {string} root
 * @param {string} outDir
 */
export function buildSimulation(root, outDir) {
  const vite = `${root}node_modules/vite/bin/vite.js`;
  const options = ['build', '--ssr', 'tests/simulation/main.ts', '--outDir', outDir, '--emptyOutDir', '--logLevel'];
  execFileSync(execPath, [vite, ...options, 'warn'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...env, NODE_ENV: 'production' },
  });
}
