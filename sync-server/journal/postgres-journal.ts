import type pg from 'pg';
import type { Journal } from './journal.ts';
import type { RandomBytes } from './ledger.ts';
import { PostgresEngine } from './postgres-engine.ts';
import { PostgresNews } from './postgres-news.ts';
import type { RevocationsFile } from './revocations-file.ts';
import { SqlJournal } from './sql-journal.ts';

export type PostgresJournalOptions = {
  readonly url: string;
  /** What `openPostgres` gave for the same address; the journal closes it. */
  readonly pool: pg.Pool;
  readonly random: RandomBytes;
  /** Where this node keeps revocations outside the database and its backups. */
  readonly revocations: RevocationsFile | null;
};

/** The journal in a PostgreSQL database, which other nodes may use at the same time. */
export async function openPostgresJournal(options: PostgresJournalOptions): Promise<Journal> {
  const { url, pool, random, revocations } = options;
  const news = new PostgresNews(url, pool, random);
  const journal = new SqlJournal({ engine: new PostgresEngine(pool), random, revocations, otherNodes: news });
  await journal.alignRevocations();
  await news.start();
  return journal;
}
