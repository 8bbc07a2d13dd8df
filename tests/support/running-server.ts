import { createServer, type AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { joinCodeHash } from '../../src/domain/sync/codes.ts';
import { day } from '../../src/domain/time.ts';
import { buildServer } from '../../sync-server/build-server.ts';
import type { Journal } from '../../sync-server/journal/journal.ts';
import { createLog } from '../../sync-server/log.ts';
import { storeInMemory } from './sign-ins.ts';

export type RunningServer = { readonly journal: Journal; readonly origin: string; readonly app: FastifyInstance };

export const setupCode = '7K3MQ0RSTVWX7K3M';

/** The true server on a port of its own. PUBLIC_URL must be known before it listens, so the port is taken first. */
export async function startServer(
  port = 0,
  kept: Journal | null = null,
  now: () => number = () => Date.now(),
): Promise<RunningServer> {
  const store = storeInMemory();
  const journal = kept ?? store.journal;
  const chosen = port === 0 ? await freePort() : port;
  const origin = `http://127.0.0.1:${String(chosen)}`;
  if (kept === null) {
    const workspace = await journal.createWorkspace('Recovery team', Date.now());
    await journal.keepSetupCode(workspace, joinCodeHash(setupCode), Date.now() + day);
  }
  const log = createLog('silent', { write: () => undefined });
  const app = await buildServer({
    journal,
    publicUrl: origin,
    version: 'test',
    appDir: null,
    now,
    signIns: store.signIns,
    log,
  });
  await app.listen({ port: chosen, host: '127.0.0.1' });
  return { journal, origin, app };
}

/** Sockets that a client opened ahead and never used would keep a server waiting. */
export async function stopServer({ app }: Pick<RunningServer, 'app'>): Promise<void> {
  const closing = app.close();
  app.server.closeAllConnections();
  await closing;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
