import type { MailConfig } from './reminder-config.ts';
import type { ReminderText } from '../src/domain/readiness/reminder-text.ts';

/** What came of one try. `refused`: that address will not work; `failed`: it may work later. `reason`: for the log, without address. */
export type Delivery = { readonly result: 'sent' | 'refused' | 'failed'; readonly reason?: string };

/** Sends one mail; ends with the signal, and resolves whatever the mail server does. */
export type SendMail = (to: string, text: ReminderText, signal: AbortSignal) => Promise<Delivery>;

/** Of each answer that the mail server owes; the signal ends all together. */
const patienceMs = 10_000;

/**
 * A connection for each mail, so that one that hangs holds up no other. Without TLS nothing is said to another machine: where
 * the server does not begin with it, STARTTLS is asked for and must be given, unless it is this machine.
 */
export async function openMail({ url, from }: MailConfig): Promise<SendMail> {
  // only who sends mails waits for this to load
  const { createTransport } = await import('nodemailer');
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const isHere = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && !isHere,
    ignoreTLS: !secure && isHere,
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    dnsTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async (to, { title, body }, signal) => {
    try {
      await transport.sendMail({
        from: { name: 'Holdfast', address: from },
        to: { name: '', address: to },
        subject: title,
        text: body,
        textEncoding: 'quoted-printable',
        // who is away must not answer a machine, and other machines must not either (RFC 3834)
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal,
      });
      return { result: 'sent' };
    } catch (error) {
      return faultOf(error);
    }
  };
}

/** Refused is what was said of the recipient or the mail, and for good (RFC 5321, 4.2.1). The words of the server name the address. */
function faultOf(error: unknown): Delivery {
  const { code, responseCode, name } = error as Readonly<Record<string, unknown>>;
  const isFinal =
    (code === 'EENVELOPE' || code === 'EMESSAGE') && typeof responseCode === 'number' && responseCode >= 500;
  const reason = [code ?? name, responseCode]
    .filter((part) => typeof part === 'string' || typeof part === 'number')
    .join(' ');
  return { result: isFinal ? 'refused' : 'failed', reason };
}
