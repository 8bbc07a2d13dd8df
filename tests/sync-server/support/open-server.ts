import { randomBytes } from 'node:crypto';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { joinCode, joinCodeBytes, joinCodeHash } from '../../../src/domain/sync/codes.ts';
import type { WorkspaceId } from '../../../src/domain/ids.ts';
import { day } from '../../../src/domain/time.ts';
import { buildServer, type ServerParts } from '../../../sync-server/build-server.ts';
import type { Journal } from '../../../sync-server/journal/journal.ts';
import { createLog } from '../../../sync-server/log.ts';
import { openPush, type Push } from '../../../sync-server/push.ts';
import { readPush } from '../../../sync-server/reminder-config.ts';
import { newVapidKey } from '../../../sync-server/vapid-key.ts';
import { TestClock } from '../../support/journal-phone.ts';
import { storeInMemory } from '../../support/sign-ins.ts';

export const origin = 'https://plan.example.org';

/** A reply as `inject` gives it. */
export type Reply = Awaited<ReturnType<FastifyInstance['inject']>>;

/** Web push as it is set up by an operator, to nowhere but this machine, where nobody listens. */
export async function localPush(hosts = 'localhost:9'): Promise<Push> {
  const privateKey = newVapidKey();
  const config = readPush(privateKey, 'mailto:admin@example.org', hosts);
  if (!config.ok || config.value === null) throw new Error('no config');
  return await openPush(config.value);
}

export type TestServer = {
  readonly app: FastifyInstance;
  readonly journal: Journal;
  readonly clock: TestClock;
  readonly origin: string;
  /** Every line that was logged. */
  readonly logged: string[];
  /** A new workspace and a setup code for it. */
  readonly newWorkspace: (name?: string) => Promise<{ readonly id: WorkspaceId; readonly code: string }>;
  readonly call: (options: InjectOptions) => Promise<Reply>;
  readonly close: () => Promise<void>;
};

/** The real server over a database in memory, by a clock that only the test moves. */
export async function openServer(parts: Partial<ServerParts> = {}): Promise<TestServer> {
  const clock = new TestClock();
  const store = storeInMemory();
  const journal = parts.journal ?? store.journal;
  const logged: string[] = [];
  const app = await buildServer({
    journal,
    publicUrl: origin,
    version: '1.2.3',
    appDir: null,
    now: () => clock.now,
    signIns: store.signIns,
    ways: { mail: null, push: await localPush() },
    log: createLog('trace', { write: (line: string) => void logged.push(line) }),
    ...parts,
  });
  return {
    app,
    journal,
    clock,
    origin: parts.publicUrl ?? origin,
    logged,
    newWorkspace: async (name = 'Recovery team') => {
      const id = await journal.createWorkspace(name, clock.now);
      const code = joinCode(randomBytes(joinCodeBytes));
      await journal.keepSetupCode(id, joinCodeHash(code), clock.now + day);
      return { id, code };
    },
    call: (options) => app.inject(options),
    close: async () => {
      await app.close();
      await journal.close();
    },
  };
}

/** A reply's body, as the test reads it. */
export function bodyOf(reply: Pick<Reply, 'payload'>): Record<string, unknown> {
  return JSON.parse(reply.payload) as Record<string, unknown>;
}

/** Status and code of a refusal, which is all that an app decides by. */
export function refusalOf(reply: Reply): readonly [number, unknown] {
  return [reply.statusCode, bodyOf(reply)['code']];
}
