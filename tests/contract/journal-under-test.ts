import type { Journal } from '../../sync-server/journal/journal.ts';

/** One database to run the contract on. */
export type JournalUnderTest = {
  readonly name: string;
  /** A journal on an empty database. */
  open(): Promise<Journal>;
  /** Another connection to the database opened last, as a second node or a restarted one has; null where there can be none. */
  readonly openAgain: (() => Promise<Journal>) | null;
  /** On the database opened last, past the journal: for a state that would take long to come to. Null where nobody else reaches it. */
  readonly runSql: ((sql: string) => Promise<unknown>) | null;
};
