import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashInputs } from '../../scripts/hash-inputs.mjs';

describe('hashInputs', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'holdfast-hash-'));
    await mkdir(join(root, 'src/deep'), { recursive: true });
    await writeFile(join(root, 'src/a.ts'), 'a');
    await writeFile(join(root, 'src/deep/b.ts'), 'b');
  });
  afterEach(() => rm(root, { recursive: true }));

  it('[BUILD] names the same content alike, whatever its times and the order of the list', async () => {
    const before = await hashInputs(root, ['src', 'absent.json']);
    await writeFile(join(root, 'src/a.ts'), 'a');
    expect(await hashInputs(root, ['absent.json', 'src'])).toBe(before);
    expect(before).toMatch(/^[0-9a-f]{16}$/);
  });

  it.each([
    ['a changed file', () => writeFile(join(root, 'src/deep/b.ts'), 'B')],
    ['a new file', () => writeFile(join(root, 'src/c.ts'), '')],
    ['a removed file', () => rm(join(root, 'src/a.ts'))],
    ['content that moved from one file to the next', () => moveContent(root)],
  ])('[BUILD] sees %s', async (_, change) => {
    const before = await hashInputs(root, ['src']);
    await change();
    expect(await hashInputs(root, ['src'])).not.toBe(before);
  });
});

async function moveContent(root: string): Promise<void> {
  await writeFile(join(root, 'src/a.ts'), '');
  await writeFile(join(root, 'src/deep/b.ts'), 'ab');
}
