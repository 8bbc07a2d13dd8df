import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** The files below `tests/` that name a failure, as `grep -rn "\[REL-17\]" tests` finds them, by its number. */
function filesByRow(): ReadonlyMap<number, readonly string[]> {
  const files = new Map<number, Set<string>>();
  for (const file of readdirSync(new URL('tests', root), { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.tsx?$/.test(file) || file === 'scripts/reliability-table.test.ts') continue;
    for (const [, row] of text(`tests/${file}`).matchAll(/\[REL-(\d+)\]/g))
      files.set(Number(row), (files.get(Number(row)) ?? new Set()).add(file));
  }
  return new Map([...files].map(([row, names]) => [row, [...names]]));
}

it('[REL-TABLE] docs/reliability.md names for each of the forty failures the files that hold it, and no others', () => {
  const rows = [...text('docs/reliability.md').matchAll(/^\| +(\d+) \|[^|]*\|([^|]*)\|[^|]*\|$/gm)];
  const listed = Object.fromEntries(rows.map(([, row = '', cell = '']) => [row, cell.trim()]));
  const files = filesByRow();
  const cellOf = (row: number) =>
    files
      .get(row)
      ?.map((name) => `\`${name}\``)
      .join(', ') ?? '**none of its own**';
  expect(listed).toEqual(Object.fromEntries(Array.from({ length: 40 }, (_, at) => [at + 1, cellOf(at + 1)])));
});
