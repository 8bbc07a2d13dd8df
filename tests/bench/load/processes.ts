import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { cwd, env, execArgv, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';

export type RunningProcess = {
  readonly origin: string;
  /** The most memory that it has held so far, in MiB, as the kernel counted it. */
  readonly peakMemory: () => number;
  /** Milliseconds that its threads were on a core so far: unlike time, it hardly depends on what else the machine does. */
  readonly onCore: () => number;
  readonly stop: () => Promise<void>;
};

/** `scripts/load.mjs` runs there. */
const repository = `${cwd()}/`;

/** The built server on a database that was filled before. `LOAD_PROFILE` names a folder for a CPU profile of it. */
export async function startHoldfast(
  dataDir: string,
  port: number,
  main = `${repository}dist/server/main.js`,
  settings: Readonly<Record<string, string>> = {},
): Promise<RunningProcess> {
  const profile = env['LOAD_PROFILE'];
  const flags = profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profile, '--enable-source-maps'];
  return await start([...flags, main], port, {
    PORT: String(port),
    DATA_DIR: dataDir,
    PUBLIC_URL: originOf(port),
    LOG_LEVEL: 'warn',
    ...settings,
  });
}

/** Under one address, on one PostgreSQL database, each in a process of its own. */
export async function startNodes(url: string, folders: readonly string[]): Promise<readonly RunningProcess[]> {
  const ports = await Promise.all(folders.map(freePort));
  const settings = { DATABASE_URL: url, PUBLIC_URL: originOf(ports[0] ?? 0) };
  return await Promise.all(
    folders.map((folder, place) => startHoldfast(folder, ports[place] ?? 0, undefined, settings)),
  );
}

export async function startFloor(dataDir: string, port: number): Promise<RunningProcess> {
  return await start([...execArgv, fileURLToPath(import.meta.url), 'floor', dataDir, String(port)], port, {});
}

/** PUBLIC_URL, and what is signed, name the port, so it is chosen before the server starts. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function start(args: readonly string[], port: number, more: Readonly<Record<string, string>>) {
  const settings = { ...env, NODE_ENV: 'production', DATABASE_URL: '', ...more };
  const child = spawn(execPath, [...args], { cwd: repository, env: settings, stdio: ['ignore', 'pipe', 'inherit'] });
  await ready(child);
  return {
    origin: originOf(port),
    peakMemory: () => peakMemoryOf(child),
    onCore: () => onCoreOf(child),
    stop: () => stopped(child),
  };
}

function originOf(port: number): string {
  return `http://127.0.0.1:${String(port)}`;
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout?.on('data', (part: Buffer) => {
      printed += part.toString();
      if (printed.includes('Ready: ')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`the server ended (${String(code)}): ${printed}`)));
  });
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}

function peakMemoryOf(child: ChildProcess): number {
  const status = readFileSync(`/proc/${String(child.pid)}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? Number.NaN) / 1024;
}

function onCoreOf(child: ChildProcess): number {
  const threads = `/proc/${String(child.pid)}/task/`;
  const times = readdirSync(threads).map((id) => readFileSync(`${threads}${id}/schedstat`, 'utf8').split(' ')[0]);
  return times.reduce((sum, nanoseconds) => sum + Number(nanoseconds) / 1e6, 0);
}
