import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Short name for the content of files and folders: the same content under the same names gives the same name on every
 * machine, whatever the times of the files. What does not exist counts as absent.
 * @param {string} root @param {readonly string[]} paths relative to root
 * @returns {Promise<string>} 16 hexadecimal digits
 */
export async function hashInputs(root, paths) {
  const hash = createHash('sha256');
  for (const path of (await Promise.all(paths.map((each) => filesOf(root, each)))).flat().sort()) {
    const content = await readFile(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

/** @param {string} root @param {string} path @returns {Promise<string[]>} */
async function filesOf(root, path) {
  const found = await lstat(join(root, path)).catch(() => null);
  if (found === null) return [];
  if (!found.isDirectory()) return [path];
  const names = await readdir(join(root, path));
  return (await Promise.all(names.map((name) => filesOf(root, `${path}/${name}`)))).flat();
}
