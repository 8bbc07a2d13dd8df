import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kill as signal } from 'node:process';
import { chromium, type BrowserContext } from '@playwright/test';
import { browserArguments, findBrowser } from '../../../scripts/find-browser.mjs';

/** A browser that is ended as a system ends it, and started again from its profile. */
export type BrowserProcess = {
  /** Starts it; the context is the profile's own, with all it kept. */
  readonly start: () => Promise<BrowserContext>;
  /** SIGKILL to all of its processes. */
  readonly kill: () => Promise<void>;
  /** The folder of all it keeps. */
  readonly profile: string;
  /** Of its remote debugging, while it runs. */
  readonly port: () => number;
  readonly remove: () => Promise<void>;
};

export async function browserProcess(more: readonly string[] = []): Promise<BrowserProcess> {
  const profile = await mkdtemp(join(tmpdir(), 'holdfast-profile-'));
  let child: ChildProcess | null = null;
  let port = 0;
  const kill = async () => {
    const ending = child;
    child = null;
    if (ending?.pid === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    await killGroup(ending.pid);
  };
  return {
    async start() {
      const portFile = join(profile, 'DevToolsActivePort');
      await rm(portFile, { force: true });
      child = spawn(
        findBrowser(),
        [
          '--headless=new',
          '--remote-debugging-port=0',
          `--user-data-dir=${profile}`,
          '--no-default-browser-check',
          '--disable-gpu',
          '--window-size=360,740',
          ...browserArguments,
          ...more,
          'about:blank',
        ],
        { stdio: 'ignore', detached: true },
      );
      port = Number(await portIn(portFile));
      const browser = await chromium.connectOverCDP(`http://127.0.0.1:${String(port)}`);
      const [context] = browser.contexts();
      if (context === undefined) throw new Error('the browser has no context');
      return context;
    },
    kill,
    profile,
    port: () => port,
    async remove() {
      await kill();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * SIGKILL to a process and all that it started; over when none is left. The process that was started ends first, and one of the
 * others may still hold the files of a profile that the next start opens.
 */
export async function killGroup(leader: number): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    try {
      signal(-leader, 'SIGKILL');
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('the browser does not end');
}

async function portIn(file: string): Promise<string> {
  for (let tries = 0; tries < 600; tries += 1) {
    const text = await readFile(file, 'utf8').catch(() => '');
    const [port] = text.split('\n');
    if (port !== undefined && port !== '' && text.includes('\n')) return port;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the browser did not start');
}
