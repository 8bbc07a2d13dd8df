import { randomBytes } from 'node:crypto';
import { Challenges } from '../../sync-server/challenges.ts';
import type { Journal } from '../../sync-server/journal/journal.ts';
import { openSqliteStore } from '../../sync-server/journal/sqlite-journal.ts';
import type { SignIns } from '../../sync-server/server-context.ts';
import { SessionTokens } from '../../sync-server/session-tokens.ts';

/** A journal and what a server keeps of sign-ins, over one database that ends with the test. */
export function storeInMemory(): { readonly journal: Journal; readonly signIns: SignIns } {
  const { journal, failedCodes } = openSqliteStore({ path: ':memory:', random: (length) => randomBytes(length) });
  return { journal, signIns: { tokens: new SessionTokens(), challenges: new Challenges(), failedCodes } };
}
