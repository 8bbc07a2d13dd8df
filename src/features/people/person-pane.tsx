import type { PersonId } from '../../domain/ids.ts';
import type { Person } from '../../domain/access/access.ts';
import type { Millis } from '../../domain/time.ts';
import { ofPerson } from '../../domain/training/training-due.ts';
import { ContactAge } from '../../parts/contact-age.tsx';
import { keyed } from '../../parts/keyed.ts';
import { useNow } from '../../parts/use-now.ts';
import { WayToReach } from '../../parts/way-to-reach.tsx';
import { YourNumbers } from '../../parts/your-numbers.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { Stack } from '../../ui/stack.tsx';
import { LastContact } from './last-contact.tsx';
import { Pane } from './pane.tsx';
import { TrainingOf } from './training-of.tsx';
import { grantWords } from './people-list.tsx';
import { useGrants } from '../../parts/use-grants.ts';
import type { PeopleView } from './people-page.tsx';
import styles from './people.module.css';

/** One person: what they may do, and how to reach them. */
export function PersonPane({ view, person: id }: { readonly view: PeopleView; readonly person: PersonId }) {
  const grants = useGrants();
  const now = useNow();
  const person = view.people.get(id);
  if (person === undefined) {
    return (
      <Pane title="Not known here">
        <EmptyState title="This device does not know that person.">They may not have been received yet.</EmptyState>
      </Pane>
    );
  }
  const isMe = id === view.me.person;
  const rights = grantWords(view, grants.get(id) ?? null, id);
  return (
    <Pane title={person.name}>
      {rights === '' ? null : <p>{rights}</p>}
      {person.organisation === undefined || person.organisation === '' ? null : <p>{person.organisation}</p>}
      {isMe ? <YourNumbers me={view.me} title="How to reach you" /> : <TheirNumbers person={person} now={now} />}
      <LastContact person={id} now={now} />
      <TrainingOf pick={({ known }) => ofPerson(known, id)} />
      {view.me.access === 'coordinator' && !isMe ? (
        <ButtonLink href={`/people/invite/${id}`}>Invite another device of theirs</ButtonLink>
      ) : null}
    </Pane>
  );
}

function TheirNumbers({ person, now }: { readonly person: Person; readonly now: Millis }) {
  return (
    <Stack close>
      <GroupTitle>How to reach them</GroupTitle>
      {person.contacts.length === 0 ? (
        <EmptyState title="No contacts yet.">They add their own.</EmptyState>
      ) : (
        <ul role="list" className={styles.contacts}>
          {keyed(person.contacts, ({ value }) => value).map(({ key, member: contact }) => (
            <li key={key}>
              <WayToReach means={contact} />
              <small>
                <ContactAge verifiedAt={contact.verifiedAt} now={now} />
              </small>
            </li>
          ))}
        </ul>
      )}
    </Stack>
  );
}
