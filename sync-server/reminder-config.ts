import { mailAddressOf } from '../src/domain/communication/contact-link.ts';
import { err, ok, type Result } from '../src/domain/result.ts';

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
