import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';

const productRoot = fileURLToPath(new URL('../../..', import.meta.url));

/** The built server as a process of its own, with a database of its own, on a port that stays the same through kills and starts. */
export type RealServer = {
  readonly origin: string;
  /** The `Set up:` link that it printed; throws where it printed none. */
  readonly setUpLink: () => string;
  /** SIGKILL: no goodbye to anybody. Safe to repeat. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same database; resolves when it is ready, with the milliseconds that took. */
  readonly start: () => Promise<number>;
  /** What the process wrote to its log since the last start. */
  readonly log: () => string;
  /** Kills it, and its machine is gone with all it held; `start` then begins on an empty one under the same address. */
  readonly burn: () => Promise<void>;
  /** Kills it and deletes its database. */
  readonly remove: () => Promise<void>;
};

export type ServerOptions = {
  /** Where `dist/` and `package.json` are; another folder serves another build. */
  readonly root?: string;
  readonly setupCode?: string;
  /** Further variables of its environment. */
  readonly more?: Readonly<Record<string, string>>;
};

export async function startRealServer({
  root = productRoot,
  setupCode,
  more = {},
}: ServerOptions = {}): Promise<RealServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'holdfast-server-'));
  const port = await freePort();
  let child: ChildProcess | null = null;
  let printed = '';
  let log = '';

  const start = async (): Promise<number> => {
    const began = performance.now();
    printed = '';
    log = '';
    child = spawn(execPath, [join(root, 'dist/server/main.js')], {
      cwd: root,
      env: {
        ...env,
        NODE_ENV: 'production',
        PORT: String(port),
        DATA_DIR: dataDir,
        PUBLIC_URL: '',
        DATABASE_URL: '',
        SETUP_CODE: setupCode ?? '',
        ...more,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
    await ready(
      child,
      (text) => (printed += text),
      () => printed,
      () => log,
    );
    return performance.now() - began;
  };
  const kill = async () => {
    const ending = child;
    child = null;
    if (ending !== null) await killed(ending);
  };
  await start();
  return {
    origin: `http://localhost:${String(port)}`,
    setUpLink() {
      const link = /^Set up: (\S+)$/m.exec(printed)?.[1];
      if (link === undefined) throw new Error(`no "Set up:" in: ${printed}`);
      return link;
    },
    kill,
    start,
    log: () => log,
    async burn() {
      await kill();
      await rm(dataDir, { recursive: true, force: true });
    },
    async remove() {
      await kill();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function ready(
  child: ChildProcess,
  onPrinted: (text: string) => void,
  printed: () => string,
  log: () => string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      onPrinted(chunk.toString());
      if (/^Ready: /m.test(printed())) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the server ended (${String(code)}): ${log()}`)));
  });
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
