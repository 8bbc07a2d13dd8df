// `npm start`: builds what has changed, then becomes the server. The build runs in a process of its own, because its memory
// is not given back; the server runs in this one, so that signals and exit code are its own. package.json calls it by `exec`,
// or a signal to npm would end the shell between them and leave the server behind; Windows knows no `exec` and takes the second half.
import { spawnSync } from 'node:child_process';
import { env, execPath, exit, setSourceMapsEnabled } from 'node:process';
import { fileURLToPath } from 'node:url';

const built = spawnSync(execPath, [fileURLToPath(new URL('build.mjs', import.meta.url))], { stdio: 'inherit' });
if (built.status !== 0) exit(built.status ?? 1);

env['NODE_ENV'] ??= 'production';
setSourceMapsEnabled(true);
await import(new URL('../dist/server/main.js', import.meta.url).href);
