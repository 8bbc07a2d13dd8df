import { useState } from 'react';
import type { Person } from '../domain/access/access.ts';
import { placeOf } from '../domain/readiness/person-place.ts';
import { pace } from '../domain/plan/role-items.ts';
import { instant } from '../domain/time.ts';
import { usePorts } from './ports.tsx';
import { useRecord } from './use-live.ts';
import type { Me } from './use-me.ts';
import { believedNow } from './use-now.ts';
import { useWrite } from './use-write.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { useToast } from '../ui/toasts.tsx';
import styles from './edit-contacts-dialog.module.css';

type Contact = Person['contacts'][number];
type Edited = { readonly id: number; readonly contact: Contact; readonly fault: string | null };

const types: readonly { readonly value: Contact['type']; readonly label: string }[] = [
  { value: 'phone', label: 'Phone' },
  { value: 'sms', label: 'Text message' },
  { value: 'email', label: 'E-mail' },
  { value: 'radio', label: 'Radio' },
  { value: 'chat', label: 'Chat' },
  { value: 'web', label: 'Web page' },
  { value: 'other', label: 'Other' },
];

/** One's own name and means of contact. Saving confirms them: they carry the date from then on. */
export function EditContactsDialog({
  me,
  person,
  onClose,
}: {
  readonly me: Me;
  readonly person: Person;
  readonly onClose: () => void;
}) {
  const { clock, sync } = usePorts();
  const seen = useRecord('person', me.person);
  const write = useWrite();
  const toast = useToast();
  const [name, setName] = useState(person.name);
  const [rows, setRows] = useState<readonly Edited[]>(() => startRows(person));
  const [site, setSite] = useState(placeOf(person, 'site') ?? '');
  const [carrier, setCarrier] = useState(placeOf(person, 'carrier') ?? '');
  const [nameFault, setNameFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (id: number, part: Partial<Contact>) =>
    setRows((all) =>
      all.map((row) => (row.id === id ? { ...row, contact: { ...row.contact, ...part }, fault: null } : row)),
    );

  const save = async () => {
    const checked = rows.map((row) => ({ ...row, fault: faultOf(row.contact) }));
    setRows(checked);
    if (name.trim() === '') return setNameFault('Give your name.');
    if (checked.some(({ fault }) => fault !== null)) return undefined;
    setBusy(true);
    const verifiedAt = instant(believedNow(clock, sync));
    const contacts = checked.map(({ contact }) => ({ ...contact, value: contact.value.trim(), verifiedAt }));
    const saved = await write([
      {
        kind: 'person',
        key: me.person,
        value: { ...person, name: name.trim(), contacts, site: site.trim(), carrier: carrier.trim() },
        shown: seen ?? null,
      },
    ]);
    setBusy(false);
    if (saved === null) return undefined;
    toast({ words: 'Your numbers are saved and confirmed as of now' });
    return onClose();
  };

  return (
    <Dialog title="Your numbers" onClose={onClose}>
      <Form onSubmit={() => void save()}>
        <TextField
          label="Your name"
          value={name}
          maxLength={200}
          autoComplete="name"
          fault={nameFault}
          onValue={setName}
        />
        {rows.map(({ id, contact, fault }, place) => (
          <div key={id} className={styles.contact} role="group" aria-label={`Contact ${place + 1}`}>
            <SelectField label="Kind" value={contact.type} options={types} onValue={(type) => change(id, { type })} />
            <TextField
              label="Number or address"
              value={contact.value}
              maxLength={200}
              autoComplete="off"
              inputMode={contact.type === 'phone' || contact.type === 'sms' ? 'tel' : 'text'}
              fault={fault}
              onValue={(value) => change(id, { value })}
            />
            <Button onClick={() => setRows((all) => all.filter((row) => row.id !== id))}>Remove this contact</Button>
          </div>
        ))}
        <Button icon="add" onClick={() => setRows((all) => [...all, newRow(all)])}>
          Add a contact
        </Button>
        <TextField
          label="Where you usually work"
          hint="A site or town; may stay empty. It tells who is missing if it can’t be reached; all but vendors can read it."
          value={site}
          maxLength={100}
          autoComplete="off"
          onValue={setSite}
        />
        <TextField
          label="Mobile network"
          hint="May stay empty. It tells who is missing if it is down; all but vendors can read it."
          value={carrier}
          maxLength={100}
          autoComplete="off"
          onValue={setCarrier}
        />
        <p>The first is used first. Saving confirms that all of them are right today.</p>
        <DialogActions>
          <Button kind="primary" type="submit" disabled={busy || seen?.readOnly === true}>
            Save
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

function startRows({ contacts }: Person): readonly Edited[] {
  const rows = contacts.map((contact, id) => ({ id, contact, fault: null }));
  return rows.length === 0 ? [newRow([])] : rows;
}

function newRow(rows: readonly Edited[]): Edited {
  const next = pace[Math.min(rows.length, pace.length - 1)] ?? 'emergency';
  return {
    id: Math.max(-1, ...rows.map(({ id }) => id)) + 1,
    contact: { type: 'phone', value: '', pace: next, verifiedAt: null },
    fault: null,
  };
}

function faultOf({ type, value }: Contact): string | null {
  const text = value.trim();
  if (text === '') return 'Fill this in, or remove the contact.';
  if ((type === 'phone' || type === 'sms') && text.replace(/\D/g, '').length < 3)
    return 'A number has at least three digits.';
  if (type === 'email' && !/^[^\s@]+@[^\s@]+$/.test(text)) return 'An e-mail address has one @.';
  return null;
}
