// `npm run dev`: the app from its sources with instant reload, on port 5173, and beside it the server from its sources on
// 8787. A change of the server needs a restart. There is no service worker here: try that with `npm start`.
import { env } from 'node:process';
import { createServer, runnerImport } from 'vite';

env['PORT'] ??= '8787';
env['PUBLIC_URL'] ??= 'http://localhost:5173';
env['DATA_DIR'] ??= './data/dev';

const app = await createServer({ server: { proxy: { '/api': `http://localhost:${env['PORT']}` } } });
await runnerImport('./sync-server/main.ts', { configFile: false });
await app.listen();
app.printUrls();
