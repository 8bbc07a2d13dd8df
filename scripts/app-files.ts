import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { env } from 'node:process';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

/** Where the app finds the list, in its own cache. */
const listName = 'app-files.json';
const listed = /\.(js|css|html|svg|png|woff2|json)$/;
const left = /^(screenshots\/|sw\.js$|app-files\.json$)/;

/**
 * Writes down what the build is made of, before the service worker's own list is made, which then holds this one too: a phone
 * that tests itself compares its cache with it.
 */
export function appFiles(): Plugin {
  let folder = '';
  return {
    name: 'holdfast-app-files',
    apply: 'build',
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir);
    },
    closeBundle: {
      order: 'pre',
      sequential: true,
      async handler() {
        const names = (await readdir(folder, { recursive: true })).map((name) => name.replaceAll('\\', '/')).sort();
        const files: Record<string, string> = {};
        for (const name of names.filter((each) => listed.test(each) && !left.test(each))) {
          files[`/${name}`] = createHash('sha256')
            .update(await readFile(join(folder, name)))
            .digest('hex');
        }
        await writeFile(join(folder, listName), JSON.stringify({ build: env['VITE_APP_BUILD'] ?? 'none', files }));
      },
    },
  };
}
