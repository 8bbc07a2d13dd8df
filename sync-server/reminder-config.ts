import { mailAddressOf } from '../src/domain/communication/contact-link.ts';
import { err, ok, type Result } from '../src/domain/result.ts';
import { readPushHosts, type PushHosts } from './push-hosts.ts';
import { vapidPublicKey } from './vapid-key.ts';

export type MailConfig = {
  /** Of the mail server, with its password. */
  readonly url: string;
  /** The address that mails come from. */
  readonly from: string;
};

/** Both or neither; never quotes the address of the mail server: it holds a password. */
export function readMail(url: string | null, from: string | null): Result<MailConfig | null, string> {
  if (url === null && from === null) return ok(null);
  if (url === null) return err('MAIL_FROM alone sends nothing: name the mail server in SMTP_URL.');
  if (!isSmtpUrl(url))
    return err('SMTP_URL must be an address like smtps://user:password@mail.example.org:465, or smtp:// for STARTTLS.');
  if (from === null) return err('MAIL_FROM is missing: reminders need an address to come from.');
  return mailAddressOf([{ type: 'email', value: from }]) === null
    ? err(`MAIL_FROM must be one bare address like holdfast@example.org, not "${from}".`)
    : ok({ url, from });
}

function isSmtpUrl(raw: string): boolean {
  if (!URL.canParse(raw)) return false;
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(raw);
  const bare = (pathname === '' || pathname === '/') && search === '' && hash === '';
  return (
    (protocol === 'smtp:' || protocol === 'smtps:') &&
    hostname !== '' &&
    bare &&
    (username === '') === (password === '') &&
    isEncoded(username) &&
    isEncoded(password)
  );
}

/** A bare `%` in a password is read as the beginning of an encoded character. */
function isEncoded(part: string): boolean {
  try {
    decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

export type PushConfig = {
  readonly privateKey: string;
  readonly publicKey: string;
  /** Whom a push service can turn to. */
  readonly subject: string;
  readonly hosts: PushHosts;
};

/** Key and subject, both or neither; never quotes the key. */
export function readPush(key: string | null, subject: string | null, hosts: string): Result<PushConfig | null, string> {
  const allowed = readPushHosts(hosts);
  if (!allowed.ok) return allowed;
  if (key === null && subject === null) return ok(null);
  if (key === null) return err('VAPID_SUBJECT alone sends nothing: make a key with "npm run console -- vapid-key".');
  const publicKey = vapidPublicKey(key);
  if (publicKey === null)
    return err('VAPID_PRIVATE_KEY must be as "npm run console -- vapid-key" makes it: 43 characters of base64url.');
  if (subject === null)
    return err('VAPID_SUBJECT is missing: push services want to know whom to turn to, like mailto:admin@example.org.');
  if (!isContact(subject))
    return err(`VAPID_SUBJECT must be like mailto:admin@example.org or https://example.org, not "${subject}".`);
  return ok({ privateKey: key, publicKey, subject, hosts: allowed.value });
}

function isContact(subject: string): boolean {
  const address = /^mailto:(.+)$/.exec(subject)?.[1];
  if (address !== undefined) return mailAddressOf([{ type: 'email', value: address }]) !== null;
  return URL.canParse(subject) && new URL(subject).protocol === 'https:';
}
