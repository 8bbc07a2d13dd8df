import { join } from 'node:path';
import { newDatabase } from '../../support/postgres-databases.ts';
import { freePort, startServer, type Ended, type ServerProcess } from './server-process.ts';

type Env = Readonly<Record<string, string>>;

/** Servers on one database under one address, each in a process of its own. */
export class Cluster {
  /** What each is started with. */
  envs: readonly Env[];
  readonly #nodes: (ServerProcess | null)[];

  private constructor(envs: readonly Env[], nodes: readonly ServerProcess[]) {
    this.envs = envs;
    this.#nodes = [...nodes];
  }

  static async onSqlite(folder: string): Promise<Cluster> {
    return await Cluster.#start([{ PORT: await freePort(), DATA_DIR: join(folder, 'data') }]);
  }

  static async onPostgres(folder: string): Promise<Cluster> {
    const port = await freePort();
    const shared = {
      DATABASE_URL: await newDatabase(),
      SETUP_CODE: 'RD4XF02QFD2SA2Y8',
      PUBLIC_URL: `http://localhost:${port}`,
    };
    return await Cluster.#start([
      { ...shared, PORT: port, DATA_DIR: join(folder, 'first') },
      { ...shared, PORT: await freePort(), DATA_DIR: join(folder, 'second') },
    ]);
  }

  static async #start(envs: readonly Env[]): Promise<Cluster> {
    const nodes: ServerProcess[] = [];
    for (const env of envs) nodes.push(await startServer(env));
    return new Cluster(envs, nodes);
  }

  get living(): readonly ServerProcess[] {
    return this.#nodes.filter((node) => node !== null);
  }

  /** Ends one of them, which `startAgain` brings back. */
  async end(at: number, signal: 'SIGTERM' | 'SIGKILL'): Promise<Ended | undefined> {
    const node = this.#nodes[at];
    this.#nodes[at] = null;
    return await node?.stop(signal);
  }

  async startAgain(): Promise<void> {
    for (const [at, env] of this.envs.entries()) this.#nodes[at] ??= await startServer(env);
  }

  /** Undefined: the embedded one. */
  get database(): string | undefined {
    return this.envs[0]?.['DATABASE_URL'];
  }

  /** From their next start on they use another database. */
  moveTo(url: string): void {
    this.envs = this.envs.map((env) => ({ ...env, DATABASE_URL: url }));
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await Promise.all(this.living.map((node) => node.stop(signal)));
    this.#nodes.fill(null);
  }
}
