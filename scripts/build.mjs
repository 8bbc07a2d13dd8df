// Builds app and server into dist/, unless what they are made of has not changed. `--force` builds in any case.
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { argv, env, execPath, exit, pid, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { hashInputs } from './hash-inputs.mjs';
import { precompress } from './precompress.mjs';
import { publishBuild, readRecords } from './publish-build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = `${root}dist`;
const vite = `${root}node_modules/vite/bin/vite.js`;
/** @type {{ readonly version: string }} */
const { version } = JSON.parse(await readFile(`${root}package.json`, 'utf8'));

const inputs = [
  'index.html',
  'public',
  'src',
  'sync-server',
  'vite.config.ts',
  'tsconfig.base.json',
  'package.json',
  'package-lock.json',
  'scripts/app-files.ts',
  'scripts/app-manifest.ts',
  'scripts/build.mjs',
  'scripts/precompress.mjs',
  'scripts/publish-build.mjs',
];

// named in the app: a build that changes only the server must leave the app's files as they are
const appInputs = inputs.filter((input) => input !== 'sync-server');

const id = await hashInputs(root, inputs);
if (!argv.includes('--force') && (await isBuilt(id))) {
  stdout.write(`Built already (${id})\n`);
  exit(0);
}
const started = Date.now();
await build(id);
stdout.write(`Built ${id} in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);

/** @param {string} wanted */
async function isBuilt(wanted) {
  const made = ['app/index.html', 'app/sw.js', 'server/main.js'].map((file) => `${dist}/${file}`);
  if (!made.every((file) => existsSync(file))) return false;
  const [newest] = await readRecords(dist);
  return newest?.id === wanted;
}

/** Works in a folder of its own, so that a server that runs meanwhile never sees half a build.
 * @param {string} buildId */
async function build(buildId) {
  const next = `${dist}/next-${pid}`;
  await mkdir(dist, { recursive: true });
  try {
    const release = { VITE_APP_VERSION: version, VITE_APP_BUILD: await hashInputs(root, appInputs) };
    runVite(['build', '--outDir', `${next}/app`, '--emptyOutDir'], release);
    runVite(['build', '--ssr', 'sync-server/main.ts', '--outDir', `${next}/server`, '--emptyOutDir'], release);
    await precompress(`${next}/app`);
    await publishBuild({ id: buildId, from: next, to: dist });
  } finally {
    await rm(next, { recursive: true, force: true });
  }
}

/** @param {readonly string[]} args @param {Readonly<Record<string, string>>} release which the app shows in Settings */
function runVite(args, release) {
  try {
    execFileSync(execPath, [vite, ...args, '--logLevel', 'warn'], {
      cwd: root,
      stdio: 'inherit',
      env: { ...env, ...release, NODE_ENV: 'production' },
    });
  } catch {
    exit(1); // Vite has said why
  }
}
