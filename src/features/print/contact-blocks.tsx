import type { CardContact, CardMeans } from '../../domain/card/card-contact.ts';
import { tableBlocks } from './columns.tsx';
import type { Block } from './paper-document.ts';
import styles from './paper.module.css';

const paceWords: Readonly<Record<NonNullable<CardMeans['pace']>, string>> = {
  primary: 'Primary',
  alternate: 'Alternate',
  contingency: 'Contingency',
  emergency: 'Emergency',
};

const typeWords: Readonly<Record<CardMeans['type'], string>> = {
  phone: 'telephone',
  sms: 'text message',
  email: 'e-mail',
  radio: 'radio',
  chat: 'chat',
  web: 'web',
  other: '',
};

/** Contacts, each whole on one page, with the date each was last verified. */
export function contactBlocks(key: string, contacts: readonly CardContact[]): readonly Block[] {
  return tableBlocks(
    key,
    'contacts',
    contacts.map((each) => ({ key: each.contact.id, cells: <ContactCells shown={each} /> })),
  );
}

function ContactCells({ shown: { contact, means, verified } }: { readonly shown: CardContact }) {
  const about = [contact.position, contact.organisation].filter(Boolean).join(', ');
  return (
    <>
      <div>
        <strong>{contact.name}</strong>
        {about === '' ? null : <p>{about}</p>}
        {contact.hours === undefined ? null : <p>{contact.hours}</p>}
        {contact.note === undefined ? null : <p className={styles.lines}>{contact.note}</p>}
      </div>
      <div>
        {means.length === 0 ? <p>No means of contact in the plan.</p> : null}
        {means.map((each) => (
          <p key={`${each.pace ?? ''} ${each.type} ${each.value}`}>
            {each.pace === null ? null : `${paceWords[each.pace]}: `}
            <strong>{each.value}</strong> {[typeWords[each.type], each.label].filter(Boolean).join(', ')}
            {verified === null && each.verified !== null ? ` · verified ${each.verified}` : ''}
          </p>
        ))}
      </div>
      <div className={styles.date}>
        {verified ?? (means.some((each) => each.verified !== null) ? 'see each' : 'never')}
      </div>
    </>
  );
}
