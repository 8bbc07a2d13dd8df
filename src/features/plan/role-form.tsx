import type { ContactId, PersonId } from '../../domain/ids.ts';
import type { Contact, Holder, Role } from '../../domain/plan/plan-item.ts';
import { usePeople, type People } from '../../parts/use-people.ts';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import { FormFrame } from './form-frame.tsx';
import { useItemForm, type ItemForm } from './item-form.ts';
import { ListEditor } from './list-editor.tsx';
import { useSaveEdits, type DraftView } from '../../parts/use-draft.ts';

const shows = ['title', 'mission', 'responsibilities', 'reporting', 'escalation', 'phone', 'channel', 'holders'];

/** Who holds a role, in order, and how it is reached. */
export function RoleForm({ view, role }: { readonly view: DraftView; readonly role: Role }) {
  const form = useItemForm(view, role, useSaveEdits(view), `${role.title}: saved in the draft`);
  return (
    <FormFrame view={view} form={form} title={role.title} back={{ href: '/draft/role', words: 'Roles' }} shows={shows}>
      <HoldersEditor view={view} form={form} />
      <TextField label="Phone of the position" maxLength={200} {...form.text('phone', 'optional')} />
      <TextField label="Channel" maxLength={200} {...form.text('channel', 'optional')} />
      <TextField label="Title" maxLength={200} {...form.text('title')} />
      <TextAreaField label="Mission" hint="One sentence" {...form.text('mission')} />
      <TextAreaField label="Responsibilities" hint="One on each line" rows={6} {...form.lines('responsibilities')} />
      <TextAreaField label="Reports" hint="How and how often" {...form.text('reporting')} />
      <TextAreaField label="Escalates" hint="When and to whom" {...form.text('escalation')} />
    </FormFrame>
  );
}

function HoldersEditor({ view, form }: { readonly view: DraftView; readonly form: ItemForm<Role> }) {
  const people = usePeople();
  return (
    <ListEditor<Holder>
      legend="Held by: the first is primary, then deputies in order"
      members={form.value.holders}
      nameOf={({ name }) => (name === '' ? 'Holder' : name)}
      fault={form.faultAt('holders')}
      onMembers={(holders) => form.set({ holders })}
      onRemove={(holders, words) => form.setWithUndo({ holders }, words)}
      adds={[
        { words: 'Add a person', make: () => ({ kind: 'person', name: '' }) },
        { words: 'Add a department', make: () => ({ kind: 'department', name: '' }) },
        { words: 'Add an organisation', make: () => ({ kind: 'organisation', name: '' }) },
      ]}
    >
      {(holder, change, place) => (
        <>
          <strong>
            {place + 1}. {kinds[holder.kind]}, {place === 0 ? 'primary' : 'deputy'}
          </strong>
          {holder.kind === 'person' ? (
            <PersonField holder={holder} people={people} contacts={view.plan.contacts} onHolder={change} />
          ) : null}
          <TextField label="Name" value={holder.name} maxLength={200} onValue={(name) => change({ ...holder, name })} />
          <SelectField<ContactId | ''>
            label="Contact in this plan"
            value={holder.contact ?? ''}
            options={[
              { value: '', label: 'None' },
              ...view.plan.contacts.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onValue={(contact) => change({ ...holder, contact: contact === '' ? undefined : contact })}
          />
          {holder.kind === 'organisation' ? <OrganisationFields holder={holder} onHolder={change} /> : null}
        </>
      )}
    </ListEditor>
  );
}

const kinds: Readonly<Record<Holder['kind'], string>> = {
  person: 'Person',
  department: 'Department',
  organisation: 'Organisation',
};

type PersonHolder = Extract<Holder, { kind: 'person' }>;

/** A person who is known here: readiness and cards then speak of the same one. */
function PersonField({
  holder,
  people,
  contacts,
  onHolder,
}: {
  readonly contacts: readonly Contact[];
  readonly holder: PersonHolder;
  readonly people: People;
  readonly onHolder: (holder: Holder) => void;
}) {
  return (
    <SelectField<PersonId | ''>
      label="Joined as"
      value={holder.person ?? ''}
      options={[
        { value: '', label: 'Nobody who joined' },
        ...[...people].map(([id, { name }]) => ({ value: id, label: name })),
      ]}
      onValue={(person) =>
        onHolder(person === '' ? { ...holder, person: undefined } : joinedAs(holder, person, people, contacts))
      }
    />
  );
}

/** Name and contact as they were chosen, unless they are those of the person chosen before. */
function joinedAs(holder: PersonHolder, person: PersonId, people: People, contacts: readonly Contact[]): PersonHolder {
  const before = holder.person === undefined ? '' : people.get(holder.person)?.name;
  const named = holder.name !== '' && holder.name !== before;
  const isOfAnother = contacts.some(
    ({ id, person: other }) => id === holder.contact && other !== undefined && other !== person,
  );
  return {
    ...holder,
    person,
    name: named ? holder.name : (people.get(person)?.name ?? holder.name),
    contact: contacts.find((each) => each.person === person)?.id ?? (isOfAnother ? undefined : holder.contact),
  };
}

function OrganisationFields({
  holder,
  onHolder,
}: {
  readonly holder: Extract<Holder, { kind: 'organisation' }>;
  readonly onHolder: (holder: Holder) => void;
}) {
  const field = (name: 'contract' | 'hours' | 'escalation', label: string) => (
    <TextField
      label={label}
      value={holder[name] ?? ''}
      maxLength={200}
      onValue={(typed) => onHolder({ ...holder, [name]: typed === '' ? undefined : typed })}
    />
  );
  return (
    <>
      {field('contract', 'Contract number')}
      {field('hours', 'Hours')}
      {field('escalation', 'Escalation')}
    </>
  );
}
