import { expect, it } from 'vitest';
import { filesToTell, toldFiles } from './table-of-tests.ts';

it('[REL-TABLE] docs/reliability.md names for each of the forty failures the files that hold it, and no others', () => {
  expect(toldFiles('docs/reliability.md')).toEqual(filesToTell('REL', 40, '**none of its own**'));
});
