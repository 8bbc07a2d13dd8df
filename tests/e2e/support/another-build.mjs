// Builds the app as it is but for one mark, as a later build would be, and publishes it into the `dist` given. A process of its
// own, because Vite decides by NODE_ENV which React it takes. Usage: node another-build.mjs <dist> <mark>
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { precompress } from '../../../scripts/precompress.mjs';
import { publishBuild } from '../../../scripts/publish-build.mjs';

const [, , dist = '', mark = ''] = argv;
const root = fileURLToPath(new URL('../../..', import.meta.url));
const from = await mkdtemp(join(tmpdir(), 'holdfast-build-'));
await build({
  root,
  configFile: `${root}vite.config.ts`,
  logLevel: 'error',
  build: { outDir: join(from, 'app'), emptyOutDir: true },
  plugins: [
    {
      name: 'mark',
      transform: (code, id) =>
        id.endsWith('src/app/main.tsx')
          ? `${code}\ndocument.documentElement.setAttribute('data-build', ${JSON.stringify(mark)});`
          : null,
    },
  ],
});
await precompress(join(from, 'app'));
await publishBuild({ id: mark, from, to: dist });
await rm(from, { recursive: true, force: true });
