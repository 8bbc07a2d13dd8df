import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { browserArguments, findBrowser } from '../../../scripts/find-browser.mjs';
import { killGroup } from '../../e2e/support/browser-process.ts';

type Sent = { readonly method: string; readonly params?: object; readonly sessionId?: string };

/** One page of a browser that was just started, driven without a test tool. */
export type BarePage = {
  readonly send: (method: string, params?: object) => Promise<Record<string, unknown>>;
  readonly evaluate: (expression: string) => Promise<unknown>;
  /** SIGKILL to all of the browser's processes. */
  readonly kill: () => Promise<void>;
};

/**
 * Starts the browser over `profile` with its debugging on a pipe. A test tool switches on the debugger's `Runtime`, and then each
 * `Error` that a script so much as makes costs a parse of that whole script: React makes three while it loads, which adds half to a cold start that
 * no person waits for.
 */
export async function barePage(profile: string): Promise<BarePage> {
  const child = spawn(
    findBrowser(),
    [
      '--headless=new',
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
      '--no-default-browser-check',
      '--disable-gpu',
      '--window-size=360,740',
      ...browserArguments,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true },
  );
  const ask = asker(child.stdio[3] as Writable, child.stdio[4] as unknown as Readable);
  const { targetInfos } = (await ask({ method: 'Target.getTargets' })) as {
    readonly targetInfos: readonly { readonly type: string; readonly targetId: string; readonly url: string }[];
  };
  const target = targetInfos.find(({ type, url }) => type === 'page' && url === 'about:blank');
  if (target === undefined) throw new Error('the browser has no page');
  const attached = await ask({
    method: 'Target.attachToTarget',
    params: { targetId: target.targetId, flatten: true },
  });
  const sessionId = String(attached['sessionId']);
  const send: BarePage['send'] = (method, params = {}) => ask({ method, params, sessionId });
  return {
    send,
    async evaluate(expression) {
      const answer = await send('Runtime.evaluate', { expression, returnByValue: true });
      return (answer['result'] as { readonly value?: unknown }).value;
    },
    async kill() {
      if (child.pid !== undefined) await killGroup(child.pid);
    },
  };
}

/** The debugging protocol over a pipe: JSON, each message ended by a zero byte. */
function asker(to: Writable, from: Readable): (message: Sent) => Promise<Record<string, unknown>> {
  const waiting = new Map<number, (result: Record<string, unknown>) => void>();
  let last = 0;
  let rest = '';
  from.setEncoding('utf8');
  from.on('data', (text: string) => {
    const messages = (rest + text).split('\0');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      const { id, result, error } = JSON.parse(message) as {
        readonly id?: number;
        readonly result?: Record<string, unknown>;
        readonly error?: { readonly message: string };
      };
      if (error !== undefined) throw new Error(error.message);
      if (id !== undefined) waiting.get(id)?.(result ?? {});
    }
  });
  return (message) =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      to.write(`${JSON.stringify({ id: last, ...message })}\0`);
    });
}
