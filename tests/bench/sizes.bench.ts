import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { test } from '@playwright/test';
import budgets from '../../.size-limit.mjs';
import { report } from './support/measured.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('sizes', () => {
  for (const [place, { name, path, gzip, limit }] of budgets.entries()) {
    const bytes = [path].flat().reduce((sum, file) => sum + sizeOf(root + file, gzip === true), 0);
    const kib = bytes / 1024;
    report({
      place: 50 + place,
      what: name,
      figure: `${kib.toFixed(1)} KiB`,
      target: `≤ ${limit}`,
      met: kib <= Number.parseFloat(limit),
      of: 'the build that was measured',
    });
  }
});

function sizeOf(file: string, gzip: boolean): number {
  return gzip ? gzipSync(readFileSync(file), { level: 9 }).length : statSync(file).size;
}
