import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pid } from 'node:process';

/** How many builds a tab that was opened long ago may lag behind and still find its files. */
const kept = 3;

/**
 * @typedef {object} BuildRecord
 * @property {string} id what the build was made of, hashed
 * @property {string} at time of the build, ISO 8601
 * @property {readonly string[]} assets paths below `assets/`
 */

/**
 * Puts a finished build in the place it is served from, while a server may be serving: new assets first, the pages that
 * name them last, each file in one step. Assets of the last three builds stay, older ones go. `builds.json` records which belong to which.
 * @param {{ readonly id: string, readonly from: string, readonly to: string, readonly now?: Date }} build
 */
export async function publishBuild({ id, from, to, now = new Date() }) {
  const app = join(to, 'app');
  const assets = (await filesBelow(join(from, 'app', 'assets'))).filter((file) => uncompressed(file) === file).sort();
  // a build that changes only the server must not push an older app out
  const before = (await readRecords(to)).filter((each) => each.id !== id && each.assets.join() !== assets.join());
  const builds = [{ id, at: now.toISOString(), assets }, ...before].slice(0, kept);

  const files = await filesBelow(join(from, 'app'));
  for (const file of files.sort((a, b) => rank(a) - rank(b)))
    await replaceFile(join(from, 'app', file), join(app, file));
  for (const file of await filesBelow(join(from, 'server'))) {
    await replaceFile(join(from, 'server', file), join(to, 'server', file));
  }
  await removeOthers(
    app,
    new Set([...files.map(uncompressed), ...builds.flatMap((each) => each.assets.map((asset) => `assets/${asset}`))]),
  );
  await replaceContent(join(to, 'builds.json'), `${JSON.stringify({ builds }, null, 2)}\n`);
}

/** Assets, then what has a fixed name, then the service worker, then the page: nothing is named before it is there.
 * @param {string} file */
function rank(file) {
  if (file.startsWith('assets/')) return 0;
  if (file.startsWith('sw.js')) return 2;
  return file.startsWith('index.html') ? 3 : 1;
}

/** The builds that are served, the newest first; none where nothing has been built yet or the record can't be read.
 * @param {string} to @returns {Promise<readonly BuildRecord[]>} */
export async function readRecords(to) {
  try {
    /** @type {{ readonly builds?: readonly BuildRecord[] }} */
    const record = JSON.parse(await readFile(join(to, 'builds.json'), 'utf8'));
    return record.builds ?? [];
  } catch {
    return [];
  }
}

/** The file that a compressed one stands beside, or itself.
 * @param {string} file */
function uncompressed(file) {
  return file.replace(/\.(?:br|gz)$/, '');
}

/** @param {string} app @param {ReadonlySet<string>} wanted */
async function removeOthers(app, wanted) {
  const old = (await filesBelow(app)).filter((file) => !wanted.has(uncompressed(file)));
  await Promise.all(old.map((file) => rm(join(app, file), { force: true })));
}

/** @param {string} folder @returns {Promise<string[]>} with `/` between folders on every system */
async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  return files.map((file) =>
    join(file.parentPath, file.name)
      .slice(folder.length + 1)
      .replaceAll('\\', '/'),
  );
}

/** @param {string} from @param {string} to */
async function replaceFile(from, to) {
  await mkdir(dirname(to), { recursive: true });
  const beside = temporaryName(to);
  await cp(from, beside);
  await rename(beside, to);
}

/** @param {string} path @param {string} content */
async function replaceContent(path, content) {
  const beside = temporaryName(path);
  await writeFile(beside, content);
  await rename(beside, path);
}

/** @param {string} path */
function temporaryName(path) {
  return join(dirname(path), `.${basename(path)}.${pid}`);
}
