/** What a phone can do by itself with one means of contact. */
export type ContactLink = { readonly verb: 'Call' | 'Mail' | 'Text' | 'Open'; readonly href: string };

/**
 * The link of a means of contact by its type, null where a phone has none (radio, chat) or the value is not what the type
 * says. A plan may come from anywhere: only tel:, sms:, mailto: and https: addresses are ever made, and no value can add a
 * second recipient, a subject or a script to one.
 */
export function contactLink(type: string, value: string): ContactLink | null {
  switch (type) {
    case 'phone':
      return numberLink('Call', 'tel', value);
    case 'sms':
      return numberLink('Text', 'sms', value);
    case 'email':
      return mailAddress.test(value) ? { verb: 'Mail', href: `mailto:${escaped(value)}` } : null;
    case 'web':
      return webAddress.test(value) ? { verb: 'Open', href: value } : null;
    default:
      return null;
  }
}

/** A message for the mail program; who gets it is chosen there. */
export function mailLink(subject: string, body: string): string {
  // Mail programs want CR LF (RFC 6068).
  const lines = body.replace(/\r?\n/g, '\r\n');
  return `mailto:?subject=${escaped(subject)}&body=${escaped(lines)}`;
}

/** Where mail reaches somebody: the first address of theirs that is one and nothing more; null where they gave none. */
export function mailAddressOf(contacts: readonly { readonly type: string; readonly value: string }[]): string | null {
  return contacts.find(({ type, value }) => type === 'email' && mailAddress.test(value))?.value ?? null;
}

const phoneNumber = /^\+?[\d\s()./-]+$/;
const mailAddress = /^[A-Za-z0-9.!#$'*+/=^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;
const webAddress = /^https:\/\/[A-Za-z0-9.-]+(:\d+)?([/?#][^\s"'<>\\]*)?$/;
const fewestDigits = 2;

function numberLink(verb: ContactLink['verb'], scheme: 'tel' | 'sms', value: string): ContactLink | null {
  const said = value.trim();
  const digits = said.replace(/\D/g, '');
  if (!phoneNumber.test(said) || digits.length < fewestDigits) return null;
  return { verb, href: `${scheme}:${said.startsWith('+') ? '+' : ''}${digits}` };
}

/** Halves of a character, which a hurried paste can leave, would make encodeURIComponent throw. */
function escaped(text: string): string {
  const whole = text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
  return encodeURIComponent(whole).replace('%40', '@');
}
