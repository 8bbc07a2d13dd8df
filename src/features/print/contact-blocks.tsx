import type { CardContact, CardMeans } from '../../domain/card/card-contact.ts';
import { isOld } from '../../domain/communication/contact-age.ts';
import type { Millis } from '../../domain/time.ts';
import { AddressText } from '../../parts/address-text.tsx';
import { Code } from './code.tsx';
import { paragraphs, type Block } from './paper-document.ts';
import type { Frame } from './sheet-frame.tsx';
import { line, tableBlocks, type Cell, type Table } from './table.tsx';
import styles from './contacts.module.css';

const paceWords: Readonly<Record<NonNullable<CardMeans['pace']>, string>> = {
  primary: 'Primary',
  alternate: 'Alternate',
  contingency: 'Contingency',
  emergency: 'Emergency',
};

const typeWords: Readonly<Record<CardMeans['type'], string>> = {
  phone: 'telephone',
  sms: 'text message',
  email: 'e\u2011mail',
  radio: 'radio',
  chat: 'chat',
  web: 'web',
  other: '',
};

const contactTable: Table = {
  name: 'contacts',
  heads: ['Who', 'Reached by, in this order', 'Verified'],
  columns: styles.contactColumns,
};

/** Contacts, each whole on one page, with the date each was last verified, and from which version where that is a later one. */
export function contactBlocks(
  key: string,
  contacts: readonly CardContact[],
  { contactsFrom, takenAt }: Pick<Frame, 'contactsFrom' | 'takenAt'>,
): readonly Block[] {
  const rows = contactRows(key, contacts, takenAt);
  if (contactsFrom === null || rows.length === 0) return rows;
  const words = `As put right in version ${contactsFrom} of the plan.`;
  return [{ key: `${key} from`, content: <p>{words}</p>, withNext: true }, ...rows];
}

function contactRows(key: string, contacts: readonly CardContact[], now: Millis): readonly Block[] {
  return tableBlocks(
    key,
    contactTable,
    contacts.map((each) => ({
      key: each.contact.id,
      name: each.contact.name,
      cells: (longest: number) => [whoParts(each.contact, longest), meansParts(each, now), [verifiedWords(each, now)]],
    })),
  );
}

function whoParts({ name, position, organisation, hours, note }: CardContact['contact'], longest: number): Cell {
  const about = [position, organisation].filter(Boolean).join(', ');
  return [
    <strong key="name">{name}</strong>,
    ...[about, hours ?? '', ...paragraphs(note ?? '', longest)].filter((each) => each !== '').map((each) => line(each)),
  ];
}

function meansParts({ means, verified }: CardContact, now: Millis): Cell {
  if (means.length === 0) return ['No means of contact in the plan.'];
  return means.map((each) => (
    <p key={`${each.pace ?? ''} ${each.type} ${each.value}`}>
      {each.pace === null ? null : `${paceWords[each.pace]}: `}
      <strong>
        <Code>
          <AddressText>{each.value}</AddressText>
        </Code>
      </strong>{' '}
      {[typeWords[each.type], each.label].filter(Boolean).join(', ')}
      {verified === null && each.verified !== null ? ` · verified ${dated(each.verified, now)}` : ''}
    </p>
  ));
}

/** `2026-11-02`, or `2026-06-02 ▲ old`: a number that nobody has checked for 90 days is marked without colour. */
function dated(verified: string, now: Millis): string {
  return isOld(verified, now) ? `${verified} ▲ old` : verified;
}

function verifiedWords({ means, verified }: CardContact, now: Millis): string {
  if (verified !== null) return dated(verified, now);
  return means.some((each) => each.verified !== null) ? 'see each' : 'never';
}
