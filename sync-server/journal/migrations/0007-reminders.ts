/** Whom the server reminded, when, by which way and what came of it; neither text nor address. `result` is null while it is sent. */
const reminders = (integer: string, text: string) => `
CREATE TABLE reminders (
  ws ${integer} NOT NULL REFERENCES workspaces,
  request ${text} NOT NULL,
  person ${text} NOT NULL,
  way ${text} NOT NULL,
  at ${text} NOT NULL,
  by_person ${text} NOT NULL,
  result ${text},
  PRIMARY KEY (ws, request, person, way)
)`;

const indexes = `
CREATE INDEX reminders_of_person ON reminders (ws, person, at);
CREATE INDEX reminders_by_time ON reminders (ws, at);
`;

export const sqliteReminders = `${reminders('INTEGER', 'TEXT')} STRICT, WITHOUT ROWID;${indexes}`;
export const postgresReminders = `${reminders('BIGINT', 'TEXT COLLATE "C"')};${indexes}`;
