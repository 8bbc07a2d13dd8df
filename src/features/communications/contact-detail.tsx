import { contactLink } from '../../domain/communication/contact-link.ts';
import { waysToReach, type WayToReach } from '../../domain/communication/contacts.ts';
import type { Contact, MeansOfContact } from '../../domain/plan/plan-item.ts';
import { AddressText } from '../../parts/address-text.tsx';
import { ContactAge } from '../../parts/contact-age.tsx';
import { roleTitle } from '../../parts/role-badge.tsx';
import { useNow } from '../../parts/use-now.ts';
import type { People } from '../../parts/use-people.ts';
import type { PlanInSight } from '../../parts/with-plan.tsx';
import { Button, OutsideLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { Facts } from '../../ui/facts.tsx';
import { ActionRow, RowList, Stack } from '../../ui/stack.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { ContactWrong } from './contact-wrong.tsx';
import { DetailTop } from './detail-top.tsx';
import styles from './communications.module.css';

type ContactDetailProps = {
  readonly sight: PlanInSight;
  readonly contact: Contact;
  /** The version that put it right after the one in sight. */
  readonly correctedIn: number | null;
  readonly people: People;
};

/** Every way to reach a contact, in the order in which to try them. */
export function ContactDetail({ sight, contact, correctedIn, people }: ContactDetailProps) {
  const { plan } = sight;
  const { of, ways } = waysToReach(contact, people);
  const { position, organisation, hours, note, neededBy } = contact;
  const who = [position, organisation].filter((part) => part !== undefined && part !== '').join(', ');
  return (
    <div data-opened>
      <Stack>
        <DetailTop href="/contacts" back="All contacts" title={contact.name} />
        {who === '' ? null : <p>{who}</p>}
        {of === 'person' ? (
          <p className={styles.quiet}>Verified by this person; the plan may say something older.</p>
        ) : null}
        {correctedIn === null ? null : (
          <p className={styles.quiet}>As put right in version {correctedIn} of the plan.</p>
        )}
        {ways.length === 0 ? <p>No way to reach it is written down.</p> : null}
        <RowList label="Ways to reach">
          {ways.map((way) => (
            <li key={`${way.pace} ${way.type} ${way.value}`}>
              <Way way={way} />
            </li>
          ))}
        </RowList>
        <Facts
          facts={[
            ...(hours === undefined || hours === '' ? [] : [{ name: 'Hours', value: hours }]),
            ...(note === undefined || note === '' ? [] : [{ name: 'Note', value: note }]),
            ...(neededBy.length === 0
              ? []
              : [{ name: 'Needed by', value: neededBy.map((role) => roleTitle(plan, role)).join(', ') }]),
          ]}
        />
        <ContactWrong contact={contact} isOwn={of === 'person'} ways={ways} view={sight.view} />
      </Stack>
    </div>
  );
}

function Way({ way: { pace, type, value, label, verifiedAt } }: { readonly way: WayToReach }) {
  const toast = useToast();
  const now = useNow();
  const link = contactLink(type, value);
  const copy = async () => {
    const copied = await copyText(value);
    toast({ words: copied ? `Copied ${value}` : 'Not copied: press on it, select it and copy it yourself.' });
  };
  return (
    <Card>
      <div>
        <p className={styles.quiet}>
          {[pace === null ? null : paceWords[pace], typeWords[type], label].filter((part) => part !== null).join(' · ')}
        </p>
        <p className={styles.value}>
          <AddressText>{value}</AddressText>
        </p>
        <p className={styles.quiet}>
          {verifiedAt === null ? null : `verified ${verifiedAt.slice(0, 10)} · `}
          <ContactAge verifiedAt={verifiedAt} now={now} />
        </p>
      </div>
      <ActionRow>
        {link === null ? null : (
          <OutsideLink kind="primary" href={link.href} label={`${link.verb} ${value}`}>
            {link.verb}
          </OutsideLink>
        )}
        <Button onClick={() => void copy()} aria-label={`Copy ${value}`}>
          Copy
        </Button>
      </ActionRow>
    </Card>
  );
}

const paceWords: Readonly<Record<MeansOfContact['pace'], string>> = {
  primary: 'Primary',
  alternate: 'Alternate',
  contingency: 'Contingency',
  emergency: 'Emergency',
};

const typeWords: Readonly<Record<MeansOfContact['type'], string>> = {
  phone: 'telephone',
  sms: 'text message',
  email: 'e-mail',
  radio: 'radio',
  chat: 'chat',
  web: 'web page',
  other: 'other',
};
