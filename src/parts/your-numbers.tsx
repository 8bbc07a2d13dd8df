import { useState } from 'react';
import type { Person } from '../domain/access/access.ts';
import { contactAge } from '../domain/communication/contact-age.ts';
import { instant } from '../domain/time.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { GroupTitle } from '../ui/heading.tsx';
import { later } from '../ui/later.tsx';
import { ActionRow, Stack } from '../ui/stack.tsx';
import { useToast } from '../ui/toasts.tsx';
import { ContactAge } from './contact-age.tsx';
import { keyed } from './keyed.ts';
import { usePorts } from './ports.tsx';
import { useRecord } from './use-live.ts';
import type { Me } from './use-me.ts';
import { believedNow, useNow } from './use-now.ts';
import { useWrite } from './use-write.ts';
import { WayToReach } from './way-to-reach.tsx';
import styles from './your-numbers.module.css';

const EditContactsDialog = later(async () => (await import('./edit-contacts-dialog.tsx')).EditContactsDialog);

/** One's own numbers with their ages: one press says that all are still right, a form corrects them. */
export function YourNumbers({ me, title = 'Your numbers' }: { readonly me: Me; readonly title?: string }) {
  const { clock, sync } = usePorts();
  const seen = useRecord('person', me.person);
  const write = useWrite();
  const toast = useToast();
  const now = useNow();
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState(false);
  if (seen === undefined) return null;
  const person: Person = seen?.value ?? { name: me.name, contacts: [] };
  const { contacts } = person;
  const readOnly = seen?.readOnly === true;
  const anyOld = contacts.some(({ verifiedAt }) => contactAge(verifiedAt, now).old);

  const confirm = async () => {
    setBusy(true);
    const verifiedAt = instant(believedNow(clock, sync));
    const value = { ...person, contacts: contacts.map((each) => ({ ...each, verifiedAt })) };
    const saved = await write([{ kind: 'person', key: me.person, value, shown: seen }]);
    setBusy(false);
    if (saved !== null) toast({ words: 'Your numbers are confirmed as of now' });
  };
  return (
    <Stack close>
      <GroupTitle>{title}</GroupTitle>
      {contacts.length === 0 ? (
        <EmptyState title="No contacts yet.">
          Add your phone number, so that others can reach you from their list and from paper.
        </EmptyState>
      ) : (
        <ul role="list" className={styles.numbers}>
          {keyed(contacts, ({ value }) => value).map(({ key, member }) => (
            <li key={key}>
              <WayToReach means={member} />
              <small>
                <ContactAge verifiedAt={member.verifiedAt} now={now} />
              </small>
            </li>
          ))}
        </ul>
      )}
      <ActionRow broad>
        {contacts.length === 0 ? null : (
          <Button
            {...(anyOld ? { kind: 'primary' as const } : {})}
            icon="check"
            disabled={busy || readOnly}
            onClick={() => void confirm()}
          >
            All still right
          </Button>
        )}
        <Button {...(contacts.length === 0 ? { kind: 'primary' as const } : {})} onClick={() => setEditing(true)}>
          {contacts.length === 0 ? 'Add a number' : 'Correct them'}
        </Button>
      </ActionRow>
      {editing ? <EditContactsDialog me={me} person={person} onClose={() => setEditing(false)} /> : null}
    </Stack>
  );
}
