import { randomBytes } from 'node:crypto';
import { Challenges } from '../../sync-server/challenges.ts';
import type { Journal } from '../../sync-server/journal/journal.ts';
import { openSqliteStore } from '../../sync-server/journal/sqlite-journal.ts';
import type { SignIns } from '../../sync-server/server-context.ts';
import { SessionTokens } from '../../sync-server/session-tokens.ts';

/** A journal and what a server keeps of sign-ins, over one database that ends with the test. */
export function storeInMemory(): { readonly journal: Journal; readonly signIns: SignIns } {
  // a browser's environment has a Uint8Array of its own, which Node's buffers are none of
  const random = (length: number) => new Uint8Array(randomBytes(length));
  const { journal, failedCodes } = openSqliteStore({ path: ':memory:', random });
  return { journal, signIns: { tokens: new SessionTokens(), challenges: new Challenges(), failedCodes } };
}
