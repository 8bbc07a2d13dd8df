import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { freePort, runServer, startServer, type ServerProcess } from '../../sync-server/support/server-process.ts';
import { setupCode } from '../../support/running-server.ts';

/** A server process whose machine can burn: one address through all its lives. */
export type MortalServer = {
  readonly origin: string;
  /** Copies what it holds now, as the console does, while it runs. */
  readonly backUp: () => Promise<void>;
  /** SIGKILL, and the database is gone; `revocations.jsonl` stays where `keepRevocations`. */
  readonly burn: (keepRevocations: boolean) => Promise<void>;
  /** Puts the backup in the place of what burnt. */
  readonly restore: () => Promise<void>;
  readonly start: () => Promise<void>;
};

let ending: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ending) await end();
  ending = [];
});

/** Running, on an empty database, with the setup code of running-server.ts. `buildServerProcess` must have run. */
export async function mortalServer(): Promise<MortalServer> {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-mortal-'));
  const data = join(folder, 'data');
  const backup = join(folder, 'yesterday.db');
  const env = { PORT: await freePort(), DATA_DIR: data, SETUP_CODE: setupCode };
  let running: ServerProcess | null = null;
  const kill = async () => {
    await running?.stop('SIGKILL');
    running = null;
  };
  const ran = async (...words: readonly string[]) => {
    const { code, err } = await runServer(env, ...words);
    if (code !== 0) throw new Error(err);
  };
  const start = async () => {
    running = await startServer(env);
  };
  ending.push(async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  });
  await start();
  return {
    origin: `http://localhost:${env.PORT}`,
    backUp: () => ran('backup', backup),
    async burn(keepRevocations) {
      await kill();
      for (const file of existsSync(data) ? readdirSync(data) : [])
        if (!keepRevocations || file !== 'revocations.jsonl') rmSync(join(data, file), { recursive: true });
    },
    restore: () => ran('restore', backup),
    start,
  };
}
