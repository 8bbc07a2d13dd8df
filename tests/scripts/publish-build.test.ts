import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { publishBuild } from '../../scripts/publish-build.mjs';

describe('publishBuild', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'holdfast-publish-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  async function publish(id: string, chunks: readonly string[], others: readonly string[] = []): Promise<void> {
    const from = join(root, `next-${id}`);
    const files = ['app/index.html', 'app/sw.js', 'server/main.js', ...others.map((name) => `app/${name}`)];
    for (const file of [...files, ...chunks.map((chunk) => `app/assets/${chunk}`)]) {
      await mkdir(dirname(join(from, file)), { recursive: true });
      await writeFile(join(from, file), id);
    }
    await publishBuild({ id, from, to: join(root, 'dist') });
  }
  const assets = async () => (await readdir(join(root, 'dist/app/assets'))).toSorted();
  const read = (file: string) => readFile(join(root, 'dist', file), 'utf8');

  it('[REL-35] keeps the assets of the last three builds, page and service worker of the newest', async () => {
    for (const id of ['one', 'two', 'three', 'four']) await publish(id, [`index-${id}.js`, 'shared.js']);
    expect(await assets()).toEqual(['index-four.js', 'index-three.js', 'index-two.js', 'shared.js']);
    expect([await read('app/index.html'), await read('app/sw.js'), await read('server/main.js')]).toEqual([
      'four',
      'four',
      'four',
    ]);
  });

  it('[REL-35] counts a build that is made again once', async () => {
    await publish('one', ['index-one.js']);
    await publish('two', ['index-two.js']);
    for (const _ of [1, 2, 3]) await publish('two', ['index-two.js']);
    expect(await assets()).toEqual(['index-one.js', 'index-two.js']);
  });

  it('[REL-35] keeps older apps when only the server changes', async () => {
    for (const id of ['one', 'two', 'three']) await publish(id, [`index-${id}.js`]);
    for (const id of ['server-fix', 'another']) await publish(id, ['index-three.js']);
    expect(await assets()).toEqual(['index-one.js', 'index-three.js', 'index-two.js']);
  });

  it('[REL-35] keeps and removes compressed files together with what they were made from', async () => {
    const files = (id: string) => [`${id}.js`, `${id}.js.br`, `${id}.js.gz`];
    for (const id of ['one', 'two', 'three', 'four']) await publish(id, files(id));
    expect(await assets()).toEqual([...files('four'), ...files('three'), ...files('two')]);
  });

  it('[REL-35] removes what the newest build no longer has under a fixed name', async () => {
    await publish('one', [], ['icons/old.png', 'icons/kept.png']);
    await publish('two', [], ['icons/kept.png']);
    expect(await readdir(join(root, 'dist/app/icons'))).toEqual(['kept.png']);
  });

  it('[REL-35] leaves no half-written file behind', async () => {
    await publish('one', ['index-one.js']);
    const files = await readdir(join(root, 'dist'), { recursive: true });
    expect(files.filter((file) => /(^|\/)\./.test(file))).toEqual([]);
  });
});
