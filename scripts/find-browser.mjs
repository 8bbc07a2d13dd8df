import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { argv, env, getuid, platform, stderr, stdout } from 'node:process';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

/** What Chromium needs to run in a container as root, and what keeps it from calling home during a test. */
export const browserArguments = [
  ...(getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * Path of a Chromium or Chrome that starts: `HOLDFAST_BROWSER`, else an installed one, else Playwright's, which is downloaded,
 * else the distribution's package when this is root on Debian. Throws with advice when none can be had. The answer is
 * left in `HOLDFAST_BROWSER`, so that child processes don't search again.
 * @returns {string}
 */
export function findBrowser() {
  const found = installedBrowser() ?? downloadBrowser() ?? installPackage();
  if (found === null) {
    throw new Error('No Chromium or Chrome found. Install one, or name it: HOLDFAST_BROWSER=/path/to/chrome npm test');
  }
  env['HOLDFAST_BROWSER'] = found;
  return found;
}

function installedBrowser() {
  const named = env['HOLDFAST_BROWSER'];
  if (named !== undefined && named !== '') return named;
  const folders = (env['PATH'] ?? '').split(delimiter);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...places, chromium.executablePath()].find(starts) ?? null;
}

/** Asks for the version, because a file alone proves little: it may be a stub of another packager, or lack system libraries.
 * @param {string} path */
function starts(path) {
  if (!existsSync(path)) return false;
  if (platform === 'win32') return true;
  const asked = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 });
  return asked.status === 0 && /Chrom/.test(asked.stdout);
}

function downloadBrowser() {
  run('npx', ['playwright', 'install', 'chromium']);
  const path = chromium.executablePath();
  return starts(path) ? path : null;
}

function installPackage() {
  if (getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  return ['/usr/bin/chromium'].find(starts) ?? null;
}

/** A failure here is not the end: another way follows, and `starts` judges the result.
 * @param {string} command @param {readonly string[]} args */
function run(command, args) {
  stderr.write(`No browser yet: ${command} ${args.join(' ')}\n`);
  try {
    execFileSync(command, [...args], {
      stdio: ['ignore', 2, 2],
      shell: platform === 'win32',
      env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}

if (import.meta.url === pathToFileURL(argv[1] ?? '').href) stdout.write(`${findBrowser()}\n`);
