import type { Dialect } from './dialect.ts';
import type { Work } from './work.ts';

/** The transaction that work runs in. */
export type Transaction = {
  /** `seq` of each workspace as it was locked first: what lies beyond may never be committed. Null where nothing is written. */
  readonly committed: Map<number, number> | null;
};

/** A database as the journal uses it: it runs work, and knows nothing of what the work is about. */
export interface Engine {
  readonly dialect: Dialect;
  /** Runs on one state of the database, whatever is committed meanwhile. */
  read<T>(run: (within: Transaction) => Work<T>): Promise<T>;
  /**
   * Resolves once the work is on disk; work that throws leaves nothing. Work with the same `turn` runs one after another, what waits
   * together in one transaction. It may be run again from the start, when the database asks for it.
   */
  write<T>(turn: string, run: (within: Transaction) => Work<T>): Promise<T>;
  /** Makes sure that what was erased is in no file of the database that a person could read. */
  forgetErased(): Promise<void>;
  /** Throws where nothing can be written. */
  tryToWrite(): Promise<void>;
  close(): Promise<void>;
}
