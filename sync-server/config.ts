import { err, ok, type Result } from '../src/domain/result.ts';
import { normalJoinCode } from '../src/domain/sync/codes.ts';
import { usualPushHosts } from './push-hosts.ts';
import { readMail, readPush, type MailConfig, type PushConfig } from './reminder-config.ts';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

export type Config = {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** Of a PostgreSQL database, with its password; null: the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  /** Origin under which people open the app, without a slash at its end. */
  readonly publicUrl: string;
  /** The normal form of SETUP_CODE. */
  readonly setupCode: string | null;
  /** Null: the server sends no mails. */
  readonly mail: MailConfig | null;
  /** Null: the server sends no notifications. */
  readonly push: PushConfig | null;
  readonly logLevel: LogLevel;
};

/** Reads the environment; the first fault as one sentence for the person who starts the server. An empty variable counts as absent. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Result<Config, string> {
  const read = (name: string) => env[name]?.trim() || null;
  const databaseUrl = readDatabaseUrl(read('DATABASE_URL'));
  if (!databaseUrl.ok) return databaseUrl;
  const port = readPort(read('PORT') ?? '8787');
  if (!port.ok) return port;
  const publicUrl = readPublicUrl(read('PUBLIC_URL') ?? `http://localhost:${String(port.value)}`);
  if (!publicUrl.ok) return publicUrl;
  const setupCode = readSetupCode(read('SETUP_CODE'));
  if (!setupCode.ok) return setupCode;
  const mail = readMail(read('SMTP_URL'), read('MAIL_FROM'));
  if (!mail.ok) return mail;
  const push = readPush(read('VAPID_PRIVATE_KEY'), read('VAPID_SUBJECT'), read('PUSH_HOSTS') ?? usualPushHosts);
  if (!push.ok) return push;
  const logLevel = readLogLevel(read('LOG_LEVEL') ?? 'info');
  if (!logLevel.ok) return logLevel;
  return ok({
    port: port.value,
    host: read('HOST') ?? '127.0.0.1',
    dataDir: read('DATA_DIR') ?? './data',
    databaseUrl: databaseUrl.value,
    publicUrl: publicUrl.value,
    setupCode: setupCode.value,
    mail: mail.value,
    push: push.value,
    logLevel: logLevel.value,
  });
}

/** Whether other computers and phones can install the app: browsers allow service workers on https and on localhost only. */
export function canOthersInstall(config: Config): boolean {
  return config.publicUrl.startsWith('https:');
}

function readPort(raw: string): Result<number, string> {
  const port = Number(raw);
  const isPort = /^\d{1,5}$/.test(raw) && port >= 1 && port <= 65535;
  return isPort ? ok(port) : err(`PORT must be a number from 1 to 65535, not "${raw}".`);
}

function readPublicUrl(raw: string): Result<string, string> {
  const url = URL.canParse(raw) ? new URL(raw) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    return err(`PUBLIC_URL must be an address like https://plan.example.org, not "${raw}".`);
  }
  const bare =
    url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  return bare
    ? ok(url.origin)
    : err(`PUBLIC_URL must be scheme and host only, like ${url.origin}: the app needs a host name of its own.`);
}

/** Never quotes the address: it holds a password. */
function readDatabaseUrl(raw: string | null): Result<string | null, string> {
  if (raw === null) return ok(null);
  const url = URL.canParse(raw) ? new URL(raw) : null;
  const isAddress =
    url !== null &&
    ['postgres:', 'postgresql:'].includes(url.protocol) &&
    url.hostname !== '' &&
    url.pathname.length > 1;
  return isAddress
    ? ok(raw)
    : err(
        'DATABASE_URL must be an address like postgres://user:password@host:5432/holdfast; without it the embedded database in DATA_DIR is used.',
      );
}

/** Never quotes the code: this sentence ends up in logs. */
function readSetupCode(raw: string | null): Result<string | null, string> {
  if (raw === null) return ok(null);
  const normal = normalJoinCode(raw);
  return normal === null ? err('SETUP_CODE must have at least 12 characters of 0-9 and A-Z without U.') : ok(normal);
}

function readLogLevel(raw: string): Result<LogLevel, string> {
  const level = logLevels.find((each) => each === raw);
  return level === undefined ? err(`LOG_LEVEL must be one of ${logLevels.join(', ')}, not "${raw}".`) : ok(level);
}
