import { describe, expect, it } from 'vitest';
import { csvLine } from '../../src/domain/csv-line.ts';

describe('a line of a table', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', ' =1'])('[SEC-16] %j is no formula to a spreadsheet', (cell) => {
    expect(csvLine([cell, 'Kim'])).toBe(`'${cell},Kim\r\n`);
  });

  it('[SEC-16] nor is what a carriage return hides; a dash within a cell is none', () => {
    expect(csvLine(['\r1'])).toBe('"\'\r1"\r\n');
    expect(csvLine(['1-2', 'a'])).toBe('1-2,a\r\n');
  });

  it('[SEC-16] quotes, commas and lines stay within their cell', () => {
    expect(csvLine(['a "b", c\nd', '7K3M-Q0RS'])).toBe('"a ""b"", c\nd",7K3M-Q0RS\r\n');
  });
});
