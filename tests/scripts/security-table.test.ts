import { describe, expect, it } from 'vitest';
import { filesByPoint, filesToTell, toldFiles } from './table-of-tests.ts';

const points = 28;

describe('docs/security.md', () => {
  it('[SEC-TABLE] names for each of the twenty-eight points the files that hold it, and no others', () => {
    expect(toldFiles('docs/security.md')).toEqual(filesToTell('SEC', points, '**none**'));
  });

  it('[SEC-TABLE] leaves no point without a test, and no test names a point that there is not', () => {
    expect([...filesByPoint('SEC').keys()].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: points }, (_, at) => at + 1),
    );
  });
});
