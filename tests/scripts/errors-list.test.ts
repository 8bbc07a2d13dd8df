import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { refusalCodes } from '../../src/domain/sync/protocol.ts';
import { problems } from '../../sync-server/problem.ts';

const root = new URL('../../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** Rows of the table under a heading of docs/errors.md, cell by cell. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  const [, after = ''] = text('docs/errors.md').split(new RegExp(`^#+ ${heading}$`, 'm'));
  const section = after.split(/^#/m)[0] ?? '';
  return [...section.matchAll(/^\| `(.*)\|$/gm)].map(([row]) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

/** The exported `…Fault` unions of the app and their tags, as they are written. */
function faultTypes(): ReadonlyMap<string, readonly string[]> {
  const files = ['src/domain', 'src/storage', 'src/sync'].flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name}`),
  );
  const types = files.flatMap((file) =>
    [...text(file).matchAll(/^export type (\w+Fault(?:Tag)?) =([^]*?);\n(?=\n|$)/gm)].map(
      ([, name = '', body = '']) => {
        const tag = name.endsWith('Tag') ? /^ {2}\| '([^']+)'/gm : /\btag: '([^']+)'/g;
        return [name, [...body.matchAll(tag)].map(([, each = '']) => each)] as const;
      },
    ),
  );
  return new Map(types.filter(([, tags]) => tags.length > 0));
}

describe('docs/errors.md', () => {
  it('[ERRORS] lists every problem of the server with its status, and no other', () => {
    const listed = rowsUnder('What the server answers').map(([code, status]) => [code, Number(status)]);
    expect(listed).toEqual(Object.entries(problems).map(([code, { status }]) => [code, status]));
  });

  it('[ERRORS] lists every reason why a change is refused, in the order in which they apply', () => {
    expect(rowsUnder('Why a change is refused').map(([code]) => code)).toEqual(refusalCodes);
  });

  it('[ERRORS] has a table for every union of faults, and no other', () => {
    const headings = [...text('docs/errors.md').matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
    expect(new Set(headings)).toEqual(new Set(faultTypes().keys()));
  });

  it.each([...faultTypes()])('[ERRORS] lists the tags of %s, and no other', (name, tags) => {
    expect(rowsUnder(name).map(([tag]) => tag)).toEqual(tags);
  });

  it('[ERRORS] says of each what it means', () => {
    const tables = ['What the server answers', 'Why a change is refused', ...faultTypes().keys()];
    for (const row of tables.flatMap(rowsUnder)) for (const cell of row) expect(cell, row[0]).not.toBe('');
  });
});
