/** Where the browser of a device takes notifications: one for each device that asked for them. */
const subscriptions = (integer: string, text: string) => `
CREATE TABLE push_subscriptions (
  device ${text} PRIMARY KEY REFERENCES devices,
  ws ${integer} NOT NULL REFERENCES workspaces,
  endpoint ${text} NOT NULL,
  p256dh ${text} NOT NULL,
  auth ${text} NOT NULL,
  made_at ${text} NOT NULL
)`;

const index = `
CREATE INDEX push_subscriptions_of_workspace ON push_subscriptions (ws);
`;

export const sqlitePushSubscriptions = `${subscriptions('INTEGER', 'TEXT')} STRICT, WITHOUT ROWID;${index}`;
export const postgresPushSubscriptions = `${subscriptions('BIGINT', 'TEXT COLLATE "C"')};${index}`;
