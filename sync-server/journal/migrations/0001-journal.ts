/**
 * The first form of the embedded database. Every table but `workspaces`, `devices` and `codes` is reached by `ws` first, so
 * that workspaces can't mix. `value` stands last where it is long: SQLite then reads the rest without it.
 */
export const journalTables = `
CREATE TABLE workspaces (
  ws INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  epoch TEXT NOT NULL,
  first_epoch TEXT NOT NULL,
  seq INTEGER NOT NULL DEFAULT 0,
  hash TEXT NOT NULL,
  last_stamp TEXT,
  server_n INTEGER NOT NULL DEFAULT 0,
  server_stamp TEXT,
  safe_seq INTEGER NOT NULL DEFAULT 0,
  scope_seq INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE devices (
  id TEXT PRIMARY KEY,
  ws INTEGER NOT NULL REFERENCES workspaces,
  person TEXT NOT NULL,
  name TEXT NOT NULL,
  key_x TEXT NOT NULL,
  key_y TEXT NOT NULL,
  weak_key INTEGER NOT NULL,
  enrolled_at TEXT NOT NULL,
  last_seen_at TEXT,
  revoked_mode TEXT,
  revoked_at TEXT,
  greatest_n INTEGER NOT NULL DEFAULT 0,
  greatest_moment TEXT,
  quarantined_bytes INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX devices_of_person ON devices (ws, person);

CREATE TABLE codes (
  hash TEXT PRIMARY KEY,
  ws INTEGER NOT NULL REFERENCES workspaces,
  kind TEXT NOT NULL,
  person TEXT,
  expires_at INTEGER NOT NULL,
  burnt_by TEXT,
  reply TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE changes (
  ws INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  id TEXT NOT NULL,
  device TEXT NOT NULL,
  n INTEGER NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  base TEXT,
  seen TEXT,
  claimed TEXT NOT NULL,
  wall TEXT NOT NULL,
  line INTEGER NOT NULL,
  v INTEGER NOT NULL,
  stamp TEXT NOT NULL,
  outcome TEXT NOT NULL,
  outcome_seq INTEGER NOT NULL,
  person TEXT,
  at TEXT NOT NULL,
  hash TEXT NOT NULL,
  salt TEXT NOT NULL,
  digest TEXT NOT NULL,
  incident TEXT,
  about TEXT,
  value TEXT
) STRICT;
CREATE UNIQUE INDEX changes_in_order ON changes (ws, seq);
CREATE UNIQUE INDEX changes_by_id ON changes (ws, id);
CREATE UNIQUE INDEX changes_by_n ON changes (ws, device, n);
CREATE INDEX changes_of_record ON changes (ws, kind, key);
CREATE INDEX changes_by_base ON changes (ws, base) WHERE base IS NOT NULL;
CREATE INDEX changes_of_incident ON changes (ws, incident, seq) WHERE incident IS NOT NULL;

CREATE TABLE records (
  ws INTEGER NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (ws, kind, key)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX records_in_order ON records (ws, seq);

CREATE TABLE refused (
  entry INTEGER PRIMARY KEY,
  ws INTEGER NOT NULL,
  id TEXT,
  device TEXT,
  n INTEGER,
  person TEXT,
  sent_by TEXT NOT NULL,
  kind TEXT,
  key TEXT,
  base TEXT,
  stamp TEXT,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  owns_id INTEGER NOT NULL,
  owns_n INTEGER NOT NULL,
  at TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  size INTEGER NOT NULL,
  body TEXT
) STRICT;
CREATE UNIQUE INDEX refused_by_content ON refused (ws, content_hash);
CREATE UNIQUE INDEX refused_by_id ON refused (ws, id) WHERE owns_id = 1;
CREATE UNIQUE INDEX refused_by_n ON refused (ws, device, n) WHERE owns_n = 1;
CREATE INDEX refused_of_record ON refused (ws, kind, key) WHERE kind IS NOT NULL;
CREATE INDEX refused_by_base ON refused (ws, base) WHERE base IS NOT NULL;
`;
