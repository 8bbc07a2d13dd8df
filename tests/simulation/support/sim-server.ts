import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { joinCodeHash } from '../../../src/domain/sync/codes.ts';
import type { WorkspaceId } from '../../../src/domain/ids.ts';
import { day, type Millis } from '../../../src/domain/time.ts';
import { buildServer } from '../../../sync-server/build-server.ts';
import { Challenges } from '../../../sync-server/challenges.ts';
import type { Journal } from '../../../sync-server/journal/journal.ts';
import { copyDatabase, faultOfBackup, markSafe } from '../../../sync-server/journal/sqlite-backup.ts';
import { openSqliteStore } from '../../../sync-server/journal/sqlite-journal.ts';
import { createLog } from '../../../sync-server/log.ts';
import { SessionTokens } from '../../../sync-server/session-tokens.ts';
import type { Chance } from './chance.ts';
import { beginning, type VirtualWorld } from './virtual-world.ts';

export const origin = 'https://plan.example';
export const setupCode = '7K3MQ0RSTVWX7K3M';

export type Asked = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
};
export type Answered = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const log = createLog('silent', { write: () => undefined });
const inMemory = '/dev/shm';

/** The shipped server on its own folder: routes, judging and SQLite file; it crashes, stays away, and comes back with an older past. */
export class SimServer {
  /** The server's clock against true time. */
  wrongBy: Millis = 0;
  workspace = '' as WorkspaceId;
  /** Called when another journal takes the place of the one before. */
  watch: (journal: Journal) => Journal = (journal) => journal;
  readonly #world: VirtualWorld;
  readonly #chance: Chance;
  readonly #folder = mkdtempSync(join(existsSync(inMemory) ? inMemory : tmpdir(), 'holdfast-sim-'));
  #app: FastifyInstance | null = null;
  #journal: Journal | null = null;
  #life = 0;
  #backups = 0;

  constructor(world: VirtualWorld, chance: Chance) {
    this.#world = world;
    this.#chance = chance;
  }

  get isUp(): boolean {
    return this.#app !== null;
  }

  /** Of the journal that is open; throws while the server is away. */
  get journal(): Journal {
    if (this.#journal === null) throw new Error('the server is away');
    return this.#journal;
  }

  now(): Millis {
    return Math.floor(beginning + this.#world.passed + this.wrongBy);
  }

  async setUp(): Promise<void> {
    await this.start();
    this.workspace = await this.journal.createWorkspace('Recovery team', this.now());
    await this.journal.keepSetupCode(this.workspace, joinCodeHash(setupCode), this.now() + day);
  }

  async start(): Promise<void> {
    if (this.#app !== null) return;
    const random = (length: number) => this.#chance.bytes(length);
    const { journal: opened, failedCodes } = openSqliteStore({ path: this.#file, random });
    const journal = this.watch(opened);
    this.#journal = journal;
    const now = () => this.now();
    const app = await buildServer({
      journal,
      publicUrl: origin,
      version: 'simulation',
      appDir: null,
      now,
      signIns: { tokens: new SessionTokens(), challenges: new Challenges(), failedCodes },
      log,
    });
    await app.ready();
    this.#life += 1;
    this.#app = app;
  }

  /** Every connection breaks; what was committed stays, what was promised to nobody may be lost. */
  async crash(): Promise<void> {
    const [app, journal] = [this.#app, this.#journal];
    this.#app = null;
    this.#journal = null;
    this.#life += 1;
    await app?.close();
    await journal?.close();
  }

  /** As `backup` on the console: copied, read as a whole, and told to the phones. */
  async backup(): Promise<string> {
    this.#backups += 1;
    const to = join(this.#folder, `backup-${String(this.#backups)}.db`);
    await copyDatabase(this.#file, to);
    const fault = faultOfBackup(to);
    if (fault !== null) throw new Error(`the backup is not whole: ${fault}`);
    markSafe(this.#file, to);
    return to;
  }

  /** Puts a backup in the place of the database, as `restore` does, or as a file copied by hand without a new epoch. */
  async restore(backup: string, withNewEpoch: boolean): Promise<void> {
    await this.crash();
    for (const end of ['', '-wal', '-shm']) rmSync(this.#file + end, { force: true });
    copyFileSync(backup, this.#file);
    if (withNewEpoch) {
      const random = (length: number) => this.#chance.bytes(length);
      const { journal } = openSqliteStore({ path: this.#file, random });
      await journal.beginNewEpoch();
      await journal.close();
    }
    await this.start();
  }

  /** Null where the connection broke before the answer came. */
  async answer({ method, path, headers, body }: Asked): Promise<Answered | null> {
    const app = this.#app;
    const life = this.#life;
    if (app === null) return null;
    const reply = await app.inject({
      method,
      url: path,
      headers,
      ...(body === null ? {} : { payload: Buffer.from(body) }),
    });
    if (life !== this.#life) return null;
    return { status: reply.statusCode, headers: this.#headersOf(reply.headers), body: reply.payload };
  }

  /** The event stream of `GET /api/live`; null where the connection broke. */
  async stream({ path, headers }: Asked): Promise<{ readonly status: number; readonly events: Readable } | null> {
    const life = this.#life;
    const reply = await this.#app?.inject({ method: 'GET', url: path, headers, payloadAsStream: true });
    if (reply === undefined || life !== this.#life) return null;
    return { status: reply.statusCode, events: reply.stream() };
  }

  async end(): Promise<void> {
    await this.crash();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #file(): string {
    return join(this.#folder, 'holdfast.db');
  }

  /** Node dates replies by the machine's own clock. */
  #headersOf(headers: Readonly<Record<string, unknown>>): Record<string, string> {
    const texts = Object.entries(headers).flatMap(([name, value]) =>
      value === undefined
        ? []
        : [[name, Array.isArray(value) ? value.join(', ') : (value as number | string).toString()] as const],
    );
    return { ...Object.fromEntries(texts), date: new Date(this.now()).toUTCString() };
  }
}
