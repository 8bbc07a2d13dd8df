// Runs after `npm ci`, in place of the install script of better-sqlite3: takes the prebuilt binary, else compiles it (about
// 70 s). Its own script compiles only with headers fetched from nodejs.org, which a machine that reaches nothing but its
// package registry can't do, although most installations of Node carry them.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process, { execPath, platform, stderr } from 'node:process';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../node_modules/better-sqlite3', import.meta.url));

if (!opensDatabase() && !(download() && opensDatabase()) && !(compile() && opensDatabase())) {
  stderr.write(
    'The embedded database could not be installed: it needs its prebuilt binary, or Python, make and a C++ compiler.\n',
  );
  process.exitCode = 1;
}

/** Asked in a process of its own: a binary for another version of Node can end it. */
function opensDatabase() {
  const open = `new (require(${JSON.stringify(folder)}))(':memory:').close()`;
  return spawnSync(execPath, ['-e', open], { stdio: 'ignore' }).status === 0;
}

function download() {
  return run('prebuild-install', []);
}

function compile() {
  stderr.write('No prebuilt database for this machine: compiling it, which takes a minute or two.\n');
  const node = dirname(dirname(execPath));
  const hasHeaders = existsSync(join(node, 'include/node/node.h'));
  return run('node-gyp', ['rebuild', '--release', ...(hasHeaders ? [`--nodedir=${node}`] : [])]);
}

/** npm puts both programs on the path of its scripts.
 * @param {string} command @param {readonly string[]} args */
function run(command, args) {
  const ended = spawnSync(command, [...args], {
    cwd: folder,
    encoding: 'utf8',
    shell: platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
  });
  // a compiler's warnings are of no use to anybody, its errors are
  if (ended.status !== 0) stderr.write(`${command}: ${ended.stderr || ended.error?.message || ended.stdout}\n`);
  return ended.status === 0;
}
