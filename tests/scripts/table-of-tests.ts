import { sourceFiles, textOf } from './source-files.ts';

/** What the table of a page of docs says of its points, by number: the cell that names files. */
export function toldFiles(page: string): Readonly<Record<string, string>> {
  const rows = [...textOf(page).matchAll(/^\| +(\d+) \|[^|]*\|([^|]*)\|[^|]*\|$/gm)];
  return Object.fromEntries(rows.map(([, point = '', cell = '']) => [point, cell.trim()]));
}

/** What it has to say: of each point the files below `tests/` that name it, as their tests do with `[SEC-n]`. */
export function filesToTell(list: 'REL' | 'SEC', points: number, none: string): Readonly<Record<string, string>> {
  const files = filesByPoint(list);
  return Object.fromEntries(
    Array.from({ length: points }, (_, at) => {
      const names = files.get(at + 1)?.map((name) => `\`${name}\``);
      return [String(at + 1), names?.join(', ') ?? none];
    }),
  );
}

export function filesByPoint(list: 'REL' | 'SEC'): ReadonlyMap<number, readonly string[]> {
  const files = new Map<number, string[]>();
  for (const [path, text] of sourceFiles(['tests'], /\.tsx?$/)) {
    const points = new Set(
      [...text.matchAll(/\[(\w+)-(\d+)\]/g)].flatMap(([, of, at]) => (of === list ? [Number(at)] : [])),
    );
    for (const point of points) files.set(point, [...(files.get(point) ?? []), path.slice('tests/'.length)]);
  }
  return files;
}
