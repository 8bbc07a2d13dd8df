import { describe, expect, it } from 'vitest';
import { sourceFiles, textOf } from './source-files.ts';

const points = 28;

/** The files below `tests/` that name a point, as `grep -rn "\[SEC-17\]" tests` finds them, by its number. */
function filesByPoint(): ReadonlyMap<number, readonly string[]> {
  const files = new Map<number, Set<string>>();
  for (const [path, text] of sourceFiles(['tests'], /\.tsx?$/)) {
    if (path === 'tests/scripts/security-table.test.ts') continue;
    for (const [, point] of text.matchAll(/\[SEC-(\d+)\]/g))
      files.set(Number(point), (files.get(Number(point)) ?? new Set()).add(path.slice('tests/'.length)));
  }
  return new Map([...files].map(([point, names]) => [point, [...names]]));
}

describe('docs/security.md', () => {
  it('[SEC-TABLE] names for each of the twenty-eight points the files that hold it, and no others', () => {
    const rows = [...textOf('docs/security.md').matchAll(/^\| +(\d+) \|[^|]*\|([^|]*)\|[^|]*\|$/gm)];
    const listed = Object.fromEntries(rows.map(([, row = '', cell = '']) => [row, cell.trim()]));
    const files = filesByPoint();
    const cellOf = (point: number) =>
      files
        .get(point)
        ?.map((name) => `\`${name}\``)
        .join(', ') ?? '**none**';
    expect(listed).toEqual(Object.fromEntries(Array.from({ length: points }, (_, at) => [at + 1, cellOf(at + 1)])));
  });

  it('[SEC-TABLE] leaves no point without a test, and no test names a point that there is not', () => {
    expect([...filesByPoint().keys()].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: points }, (_, at) => at + 1),
    );
  });
});
