import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { execPath, pid } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Journal } from '../../../sync-server/journal/journal.ts';
import { TestClock } from '../../support/journal-phone.ts';
import type { Reply, TestServer } from './open-server.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
// each test file has its own: they run side by side, and start what they built again and again
const outDir = `${root}node_modules/.cache/holdfast/server-under-test-${String(pid)}`;
/** What `buildServerProcess` builds. */
export const main = `${outDir}/main.js`;

/**
 * Bundles the server as `npm run build` does, beside what is served, so that no test depends on a build made before. Gives how to
 * remove it.
 */
export async function buildServerProcess(): Promise<() => void> {
  const vite = `${root}node_modules/vite/bin/vite.js`;
  const args = ['build', '--ssr', 'sync-server/main.ts', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'error'];
  await promisify(execFile)(execPath, [vite, ...args], { cwd: root });
  return () => rmSync(outDir, { recursive: true, force: true });
}

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs `main.js` until it ends. */
export async function runServer(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ended> {
  const { child, ended } = launch(env, args);
  const late = setTimeout(() => child.kill('SIGKILL'), 30_000);
  const result = await ended;
  clearTimeout(late);
  return result;
}

export type ServerProcess = {
  readonly child: ChildProcess;
  /** What was printed before it was ready. */
  readonly printed: string;
  readonly origin: string;
  readonly ended: Promise<Ended>;
  readonly stop: (signal?: NodeJS.Signals) => Promise<Ended>;
  /** As the tests' phones want a server. */
  readonly asServer: () => TestServer;
};

/** Starts `main.js` and resolves once it says that it is ready. */
export async function startServer(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const { child, ended, output } = launch(env, []);
  const origin = `http://localhost:${env['PORT'] ?? ''}`;
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => {
      if (output().out.includes('Ready: ')) resolve();
    });
    void ended.then(({ err }) => reject(new Error(`ended before it was ready: ${err}`)));
  });
  return {
    child,
    printed: output().out,
    origin,
    ended,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
    asServer: () => overHttp(origin),
  };
}

export async function freePort(): Promise<string> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return String(port);
}

function launch(env: Readonly<Record<string, string>>, args: readonly string[]) {
  const child = spawn(execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, out, err }));
  });
  return { child, ended, output: () => ({ out, err }) };
}

function overHttp(origin: string): TestServer {
  const clock = new TestClock();
  clock.now = Date.now();
  return {
    origin,
    clock,
    // a phone over HTTP never touches it
    journal: null as unknown as Journal,
    call: async ({
      method,
      url,
      payload,
      headers,
    }: {
      method?: string;
      url?: string;
      payload?: unknown;
      headers?: object;
    }) => {
      clock.now = Date.now();
      const response = await fetch(`${origin}${url ?? ''}`, {
        method: method ?? 'GET',
        headers: { ...(payload === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(payload === undefined ? {} : { body: JSON.stringify(payload) }),
      });
      const text = await response.text();
      return {
        statusCode: response.status,
        payload: text,
        headers: Object.fromEntries(response.headers),
      } as unknown as Reply;
    },
  } as unknown as TestServer;
}
