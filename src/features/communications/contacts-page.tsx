import { useMemo, useState } from 'react';
import { useParams } from 'wouter';
import { contactLink } from '../../domain/communication/contact-link.ts';
import { matchingContacts, waysToReach } from '../../domain/communication/contacts.ts';
import type { RoleId } from '../../domain/ids.ts';
import type { Contact } from '../../domain/plan/plan-item.ts';
import { roleTitle } from '../../parts/role-badge.tsx';
import { useCurrentContacts } from '../../parts/use-current-contacts.ts';
import { usePeople, type People } from '../../parts/use-people.ts';
import { WithPlan, type PlanInSight } from '../../parts/with-plan.tsx';
import { Button, OutsideLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { ScreenTitle } from '../../ui/heading.tsx';
import { RowLink } from '../../ui/row-link.tsx';
import { RowList, Stack } from '../../ui/stack.tsx';
import { TwoPanes } from '../../ui/two-panes.tsx';
import { ContactDetail } from './contact-detail.tsx';
import styles from './communications.module.css';

/** Who can be reached, and how: found by a word or by role, called with one press. */
export function ContactsPage() {
  return (
    <WithPlan title="Contacts" appears="The contacts of the plan appear here, ready to call, write and copy.">
      {(sight) => <Contacts sight={sight} />}
    </WithPlan>
  );
}

const page = 60;

function Contacts({ sight }: { readonly sight: PlanInSight }) {
  const { contact: opened } = useParams<{ contact?: string }>();
  const people = usePeople();
  const { plan, from } = useCurrentContacts(sight.plan, sight.version);
  const found = plan.contacts.find(({ id }) => id === opened) ?? null;
  return (
    <TwoPanes
      list={<ContactList plan={plan} view={sight.view} people={people} />}
      detail={
        found === null ? null : (
          <ContactDetail
            key={found.id}
            sight={sight}
            contact={found}
            correctedIn={sight.plan.contacts.includes(found) ? null : from}
            people={people}
          />
        )
      }
      hint={<EmptyState title="Open a contact.">Every way to reach it stands here, the best one first.</EmptyState>}
      detailLabel="Contact"
    />
  );
}

function ContactList({ plan, view, people }: Pick<PlanInSight, 'plan' | 'view'> & { readonly people: People }) {
  const { contacts } = plan;
  const [search, setSearch] = useState('');
  const [role, setRole] = useState<RoleId | ''>('');
  const [asked, setAsked] = useState(page);
  const found = useMemo(() => matchingContacts(contacts, search, role), [contacts, search, role]);
  const roles = useMemo(() => rolesNamed(contacts), [contacts]);
  if (contacts.length === 0) {
    return (
      <Stack>
        <ScreenTitle>Contacts</ScreenTitle>
        <EmptyState title="This copy of the plan has no contacts.">
          Those that your role needs appear here once the coordinator has put them into the plan.
        </EmptyState>
      </Stack>
    );
  }
  const mine = view?.myRoles ?? [];
  const ordered = [...roles].sort((a, b) => Number(mine.includes(b)) - Number(mine.includes(a)));
  return (
    <Stack>
      <ScreenTitle aside={`${found.length} of ${contacts.length}`}>Contacts</ScreenTitle>
      <div className={styles.filters} role="search">
        <TextField
          label="Search"
          type="search"
          autoComplete="off"
          value={search}
          onValue={(typed) => {
            setSearch(typed);
            setAsked(page);
          }}
        />
        <SelectField
          label="Needed by"
          value={role}
          options={[
            { value: '', label: 'Every role' },
            ...ordered.map((id) => ({
              value: id,
              label: mine.includes(id) ? `${roleTitle(plan, id)} (yours)` : roleTitle(plan, id),
            })),
          ]}
          onValue={(chosen) => {
            setRole(chosen);
            setAsked(page);
          }}
        />
      </div>
      {found.length === 0 ? (
        <EmptyState title="No contact fits.">Type fewer letters, or choose every role.</EmptyState>
      ) : (
        <RowList label="Contacts">
          {found.slice(0, asked).map((contact) => (
            <li key={contact.id}>
              <ContactRow contact={contact} people={people} />
            </li>
          ))}
        </RowList>
      )}
      {found.length > asked ? <Button onClick={() => setAsked(asked + page)}>Show more</Button> : null}
    </Stack>
  );
}

/** The first way that this phone can take by itself stands beside the name. */
function ContactRow({ contact, people }: { readonly contact: Contact; readonly people: People }) {
  const { ways } = waysToReach(contact, people);
  const links = ways.flatMap(({ type, value }) => contactLink(type, value) ?? []);
  const first = links[0];
  const detail = [contact.position, contact.organisation, ways[0]?.value].filter(
    (part) => part !== undefined && part !== '',
  );
  return (
    <div className={styles.contact}>
      <RowLink href={`/contacts/${contact.id}`} title={contact.name} detail={detail.join(' · ')} />
      {first === undefined ? null : (
        <OutsideLink href={first.href} fit label={`${first.verb} ${contact.name}`}>
          {first.verb}
        </OutsideLink>
      )}
    </div>
  );
}

function rolesNamed(contacts: readonly Contact[]): readonly RoleId[] {
  return [...new Set(contacts.flatMap(({ neededBy }) => neededBy))];
}
