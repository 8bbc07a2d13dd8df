import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { destination } from 'pino';
import { err, ok, type Result } from '../src/domain/result.ts';
import type { Millis } from '../src/domain/time.ts';
import { buildServer } from './build-server.ts';
import { canOthersInstall, type Config } from './config.ts';
import type { Journal } from './journal/journal.ts';
import { createLog } from './log.ts';
import { openMail } from './mail.ts';
import { databaseName, openJournal, reasonOf } from './open-journal.ts';
import { productVersion, projectRoot } from './project-root.ts';
import { openPush } from './push.ts';
import { setUpLine } from './setup-code.ts';

/** Connections that wait to be taken: after an outage thousands of phones come back within the same second. */
const backlog = 4096;

/** How long requests under way may take to end after a signal to stop; service managers kill after ten seconds or more. */
const drainFor: Millis = 8000;

/**
 * Starts the server and returns once it accepts requests; the process then lives until SIGTERM or SIGINT, drains and exits 0. What a
 * person should read goes to standard output, the structured log to standard error.
 */
export async function serve(config: Config): Promise<Result<void, string>> {
  const opened = await openJournal(config);
  if (!opened.ok) return opened;
  const { journal, now, signIns, close } = opened.value;
  const app = await buildServer({
    journal,
    publicUrl: config.publicUrl,
    version: productVersion(),
    appDir: join(projectRoot(), 'dist', 'app'),
    now,
    signIns,
    log: createLog(config.logLevel, destination(2)),
    ways: {
      mail: config.mail === null ? null : await openMail(config.mail),
      push: config.push === null ? null : await openPush(config.push),
    },
  });
  try {
    await app.listen({ port: config.port, host: config.host, backlog });
  } catch (error) {
    await close();
    return err(whyNotListening(config, error));
  }
  const setUp = await setUpLineOf(journal, config, now());
  if (!setUp.ok) {
    await app.close();
    await close();
    return setUp;
  }
  stopOnSignal(app, close);
  const lines = [
    ...(canOthersInstall(config) ? [] : [onlyHere(config)]),
    ...(setUp.value === null ? [] : [setUp.value]),
  ];
  process.stdout.write([...lines, `Ready: ${config.publicUrl}`, ''].join('\n'));
  return ok(undefined);
}

/** Only once the port is ours: a second start by mistake must not void the code that the first one printed. */
async function setUpLineOf(journal: Journal, config: Config, now: Millis): Promise<Result<string | null, string>> {
  try {
    return ok(await setUpLine(journal, config, now));
  } catch (error) {
    return err(`The database ${databaseName(config)} cannot be written: ${reasonOf(error)}.`);
  }
}

function stopOnSignal(app: FastifyInstance, close: () => Promise<void>): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => app.server.closeAllConnections(), drainFor).unref();
    await app.close();
    await close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
}

function onlyHere(config: Config): string {
  return (
    `Only this computer can install the app from ${config.publicUrl}: browsers want https elsewhere. ` +
    'For phones, put a server with a certificate in front and set PUBLIC_URL to its https address (docs/operations.md).'
  );
}

function whyNotListening(config: Config, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  const port = String(config.port);
  if (code === 'EADDRINUSE') return `Port ${port} is in use: end the other program, or set PORT to another number.`;
  if (code === 'EACCES') return `Port ${port} needs more rights than this user has: set PORT to a number over 1023.`;
  return `The server cannot listen on ${config.host}, port ${port}: ${reasonOf(error)}.`;
}
