import { useState } from 'react';
import type { PersonId } from '../../domain/ids.ts';
import { keyed } from '../../parts/keyed.ts';
import { whenWords } from '../../parts/time-words.ts';
import { useNow } from '../../parts/use-now.ts';
import { useZone } from '../../parts/use-zone.ts';
import { WayToReach } from '../../parts/way-to-reach.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { Stack } from '../../ui/stack.tsx';
import { EditContactsDialog } from './edit-contacts-dialog.tsx';
import { Pane } from './pane.tsx';
import { grantWords } from './people-list.tsx';
import { useGrants } from '../../parts/use-grants.ts';
import type { PeopleView } from './people-page.tsx';
import styles from './people.module.css';

/** One person: what they may do, and how to reach them. */
export function PersonPane({ view, person: id }: { readonly view: PeopleView; readonly person: PersonId }) {
  const grants = useGrants();
  const zone = useZone();
  const now = useNow();
  const [editing, setEditing] = useState(false);
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
      <Stack close>
        <GroupTitle>How to reach {isMe ? 'you' : 'them'}</GroupTitle>
        {person.contacts.length === 0 ? (
          <EmptyState title="No contacts yet.">
            {isMe ? 'Add your phone number, so that others can reach you from their list.' : 'They add their own.'}
          </EmptyState>
        ) : (
          <ul role="list" className={styles.contacts}>
            {keyed(person.contacts, ({ value }) => value).map(({ key, member: contact }) => (
              <li key={key}>
                <WayToReach means={contact} />
                <small>
                  {contact.verifiedAt === null
                    ? 'never confirmed'
                    : `confirmed ${whenWords(contact.verifiedAt, zone, now)}`}
                </small>
              </li>
            ))}
          </ul>
        )}
        {isMe ? (
          <Button kind="primary" onClick={() => setEditing(true)}>
            Edit my contacts
          </Button>
        ) : null}
      </Stack>
      {view.me.access === 'coordinator' && !isMe ? (
        <ButtonLink href={`/people/invite/${id}`}>Invite another device of theirs</ButtonLink>
      ) : null}
      {editing ? <EditContactsDialog me={view.me} person={person} onClose={() => setEditing(false)} /> : null}
    </Pane>
  );
}
