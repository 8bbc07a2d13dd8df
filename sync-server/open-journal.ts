import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '../src/domain/result.ts';
import type { Millis } from '../src/domain/time.ts';
import { Challenges } from './challenges.ts';
import type { Config } from './config.ts';
import type { Journal } from './journal/journal.ts';
import { DatabaseClock } from './journal/postgres-clock.ts';
import { openPostgres } from './journal/postgres-database.ts';
import { openPostgresJournal } from './journal/postgres-journal.ts';
import { openSignIns } from './journal/postgres-sign-ins.ts';
import { RevocationsFile } from './journal/revocations-file.ts';
import { openSqliteStore } from './journal/sqlite-journal.ts';
import { randomPool } from './random-pool.ts';
import type { SignIns } from './server-context.ts';
import { SessionTokens } from './session-tokens.ts';

export type Opened = {
  readonly journal: Journal;
  /** The clock that stamps are given by: this computer's, or the database's where several nodes share one. */
  readonly now: () => Millis;
  readonly signIns: SignIns;
  readonly close: () => Promise<void>;
};

export function databaseFile(config: Config): string {
  return join(config.dataDir, 'holdfast.db');
}

/** Outside the database and its backups; with PostgreSQL every node keeps one. */
export function revocationsFile(config: Config): string {
  return join(config.dataDir, 'revocations.jsonl');
}

/** Which database it is, in words that give no password away. */
export function databaseName({ databaseUrl, ...config }: Config): string {
  if (databaseUrl === null) return databaseFile({ databaseUrl, ...config });
  const { host, pathname } = new URL(databaseUrl);
  return `${decodeURIComponent(pathname.slice(1))} at ${host}`;
}

/** Opens the database that the configuration names; a sentence where that fails. The folder is for the server's own user only. */
export async function openJournal(config: Config): Promise<Result<Opened, string>> {
  try {
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
    return ok(config.databaseUrl === null ? openEmbedded(config) : await openShared(config, config.databaseUrl));
  } catch (error) {
    return err(`The database ${databaseName(config)} cannot be opened: ${reasonOf(error)}.`);
  }
}

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // several addresses of one name, each of which failed
  if (error instanceof AggregateError && error.message === '') return error.errors.map(reasonOf).join('; ');
  return error.message;
}

function openEmbedded(config: Config): Opened {
  const { journal, failedCodes } = openSqliteStore({ path: databaseFile(config), random: randomPool() });
  // This server is the only one: its memory will do for what a restart may end.
  const signIns = { tokens: new SessionTokens(), challenges: new Challenges(), failedCodes };
  return { journal, now: Date.now, signIns, close: () => journal.close() };
}

async function openShared(config: Config, url: string): Promise<Opened> {
  const pool = await openPostgres(url);
  const clock = await DatabaseClock.start(pool);
  const revocations = new RevocationsFile(revocationsFile(config));
  const journal = await openPostgresJournal({ url, pool, random: randomPool(), revocations });
  return {
    journal,
    now: () => clock.now(),
    signIns: await openSignIns(pool),
    close: async () => {
      clock.stop();
      await journal.close();
    },
  };
}
