import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);

/** Text of every file below these folders of the repository whose name ends so, by its path. */
export function sourceFiles(folders: readonly string[], ending: RegExp): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const folder of folders)
    for (const name of readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).sort())
      if (ending.test(name) && !name.includes('node_modules'))
        files.set(`${folder}/${name}`, readFileSync(new URL(`${folder}/${name}`, root), 'utf8'));
  return files;
}

export function textOf(path: string): string {
  return readFileSync(new URL(path, root), 'utf8');
}
