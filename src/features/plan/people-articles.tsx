import { useState } from 'react';
import type { Contact, Holder, MeansOfContact, Role } from '../../domain/plan/plan-item.ts';
import { ContactAge } from '../../parts/contact-age.tsx';
import { vestOf } from '../../parts/role-badge.tsx';
import { believedNow } from '../../parts/use-now.ts';
import { usePorts } from '../../parts/ports.tsx';
import type { People } from '../../parts/use-people.ts';
import { WayToReach } from '../../parts/way-to-reach.tsx';
import { keyed } from '../../parts/keyed.ts';
import { ItemFrame } from './item-frame.tsx';
import { ItemLink, useReading } from './reading.tsx';
import { RoleLink, RoleLinks } from './task-article.tsx';
import { Lines, Terms } from './terms.tsx';
import styles from './plan.module.css';

/** A role as the document tells it: what it is for, how it reports, who holds it in which order. */
export function RoleArticle({ role }: { readonly role: Role }) {
  const { plan } = useReading();
  return (
    <ItemFrame item={role} band={vestOf(plan, role.id)} title={role.title}>
      <p className={styles.text}>{role.mission}</p>
      <Terms
        terms={[
          ['Reports to', role.reportsTo === null ? 'nobody in this plan' : <RoleLink role={role.reportsTo} />],
          ['Responsibilities', role.responsibilities.length === 0 ? null : <Lines lines={role.responsibilities} />],
          ['Reports', role.reporting],
          ['Escalates', role.escalation],
          ['Phone', role.phone],
          ['Channel', role.channel],
          ['Held by', <Holders key="holders" holders={role.holders} />],
        ]}
      />
    </ItemFrame>
  );
}

function Holders({ holders }: { readonly holders: readonly Holder[] }) {
  if (holders.length === 0) return 'nobody yet';
  return (
    <ol className={styles.lines}>
      {keyed(holders, ({ name }) => name).map(({ key, member: holder, place }) => (
        <li key={key}>
          <strong>{holder.name}</strong>, {holderKind[holder.kind]}
          {place === 0 ? ', primary' : ', deputy'}
          {holder.kind === 'organisation' ? <OrganisationTerms holder={holder} /> : null}
          {holder.contact === undefined ? null : (
            <>
              {' · '}
              <ItemLink section="contact" id={holder.contact}>
                contact
              </ItemLink>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

const holderKind: Readonly<Record<Holder['kind'], string>> = {
  person: 'person',
  department: 'department',
  organisation: 'outside organisation',
};

function OrganisationTerms({ holder }: { readonly holder: Extract<Holder, { kind: 'organisation' }> }) {
  const said = [
    holder.contract === undefined ? null : `contract ${holder.contract}`,
    holder.hours ?? null,
    holder.escalation === undefined ? null : `escalation: ${holder.escalation}`,
  ].filter((each) => each !== null);
  return said.length === 0 ? null : <> ({said.join('; ')})</>;
}

/** A contact with everything one can press: call, write, open. A person's own verified contacts come first. */
export function ContactArticle({ contact, people }: { readonly contact: Contact; readonly people: People }) {
  const { plan } = useReading();
  const own = contact.person === undefined ? undefined : people.get(contact.person)?.contacts;
  const means: readonly (MeansOfContact | NonNullable<typeof own>[number])[] =
    own !== undefined && own.length > 0 ? own : contact.means;
  const [position, organisation] = [contact.position, contact.organisation];
  const { clock, sync } = usePorts();
  // an age in days needs no clock that ticks beside each of hundreds of contacts
  const [now] = useState(() => believedNow(clock, sync));
  return (
    <ItemFrame
      item={contact}
      title={contact.name}
      aside={contact.verifiedAt === null ? 'never verified' : `verified ${contact.verifiedAt}`}
    >
      <p>
        <ContactAge verifiedAt={lastChecked(contact, own)} now={now} />
      </p>
      {position === undefined && organisation === undefined ? null : (
        <p>{[position, organisation].filter((each) => each !== undefined && each !== '').join(', ')}</p>
      )}
      <ul role="list" className={styles.means}>
        {keyed(means, ({ value }) => value).map(({ key, member }) => (
          <li key={key}>
            <WayToReach means={member} />
          </li>
        ))}
      </ul>
      <Terms
        terms={[
          ['Hours', contact.hours],
          ['Note', contact.note],
          [
            'Needed by',
            contact.neededBy.length === plan.roles.length && plan.roles.length > 0 ? (
              'every role'
            ) : contact.neededBy.length === 0 ? null : (
              <RoleLinks roles={contact.neededBy} />
            ),
          ],
        ]}
      />
    </ItemFrame>
  );
}

/** Of a person's own contacts the one that was checked longest ago, as the article shows all of them. */
function lastChecked(
  contact: Contact,
  own: readonly { readonly verifiedAt: string | null }[] | undefined,
): string | null {
  if (own === undefined || own.length === 0) return contact.verifiedAt;
  return own.map(({ verifiedAt }) => verifiedAt).reduce((a, b) => (a === null || b === null ? null : a < b ? a : b));
}
