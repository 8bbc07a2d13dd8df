/**
 * What an invite says of itself without its code: a name of its own, the request that made it, when it was made, used, withdrawn;
 * of a code for the radio the four characters to find. Both databases.
 */
const invites = `
ALTER TABLE codes ADD COLUMN id TEXT;
ALTER TABLE codes ADD COLUMN request TEXT;
ALTER TABLE codes ADD COLUMN find TEXT;
ALTER TABLE codes ADD COLUMN made_at TEXT;
ALTER TABLE codes ADD COLUMN used_at TEXT;
ALTER TABLE codes ADD COLUMN withdrawn_at TEXT;
CREATE UNIQUE INDEX codes_by_id ON codes (ws, id) WHERE id IS NOT NULL;
CREATE INDEX codes_by_request ON codes (ws, request) WHERE request IS NOT NULL;
`;

/** Names for the invites of before, and the counts of failed codes, which PostgreSQL has kept from the start. */
export const sqliteInvites = `${invites}
UPDATE codes SET id = lower(hex(randomblob(16))) WHERE kind = 'invite';
CREATE TABLE attempts (
  name TEXT PRIMARY KEY,
  available REAL NOT NULL,
  at INTEGER NOT NULL,
  full_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX attempts_by_end ON attempts (full_at);
`;

export const postgresInvites = `${invites}
UPDATE codes SET id = md5(hash || random()::text) WHERE kind = 'invite';
`;
