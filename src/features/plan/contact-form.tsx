import { useLocation } from 'wouter';
import type { ContactId, PersonId } from '../../domain/ids.ts';
import { freeId, lastOrder, withoutContact } from '../../domain/plan/draft-edits.ts';
import type { Contact, MeansOfContact } from '../../domain/plan/plan-item.ts';
import { pace } from '../../domain/plan/role-items.ts';
import { usePorts } from '../../parts/ports.tsx';
import { localInput } from '../../parts/time-words.ts';
import { believedNow } from '../../parts/use-now.ts';
import { usePeople } from '../../parts/use-people.ts';
import { useZone } from '../../parts/use-zone.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextAreaField, TextField, type Option } from '../../ui/field.tsx';
import { ActionRow, Stack } from '../../ui/stack.tsx';
import { FormFrame } from './form-frame.tsx';
import { useItemForm, type ItemForm } from './item-form.ts';
import { ListEditor } from './list-editor.tsx';
import { RoleChecks } from './role-checks.tsx';
import { unsalted } from '../../domain/plan/unsalted.ts';
import { useSaveEdits, type DraftView, type SaveEdits } from '../../parts/use-draft.ts';

const shows = ['name', 'position', 'organisation', 'person', 'means', 'hours', 'note', 'verifiedAt', 'neededBy'];
const back = { href: '/draft/contact', words: 'Contacts' };

/** A contact of the draft, or a new one, whose id is made of its name. */
export function ContactForm({
  view,
  contact,
  isNew,
}: {
  readonly view: DraftView;
  readonly contact: Contact;
  readonly isNew: boolean;
}) {
  const saveEdits = useSaveEdits(view);
  const saveNamed: SaveEdits = (edits, words, options) =>
    saveEdits(isNew ? edits.map((edit) => withId(view, edit)) : edits, words, options);
  const form = useItemForm(view, contact, saveNamed, 'Contact saved in the draft', isNew);
  const people = usePeople();
  const [, goTo] = useLocation();
  const { value, set, faultAt } = form;
  const remove = async () => {
    const others = withoutContact(view.items, contact.id);
    const saved = await saveEdits(
      [
        { section: 'contact', id: contact.id, item: null },
        ...others.map((item) => ({ section: item.section, id: item.id, item })),
      ],
      `${contact.name} removed from the draft`,
      { undo: true },
    );
    if (saved) goTo(back.href);
  };
  return (
    <FormFrame
      view={view}
      form={form}
      title={isNew ? 'Add a contact' : contact.name}
      back={back}
      shows={shows}
      {...(isNew ? {} : { remove: { words: 'Remove this contact', onPress: () => void remove() } })}
    >
      <TextField label="Name" maxLength={200} {...form.text('name')} />
      <TextField label="Position" maxLength={200} {...form.text('position', 'optional')} />
      <TextField label="Organisation" maxLength={200} {...form.text('organisation', 'optional')} />
      <SelectField<PersonId | ''>
        label="Joined as"
        hint="Their own verified contacts are shown and printed instead of those below"
        value={value.person ?? ''}
        options={[
          { value: '', label: 'Nobody who joined' },
          ...[...people].map(([id, { name }]) => ({ value: id, label: name })),
        ]}
        fault={faultAt('person')}
        onValue={(person) => set({ person: person === '' ? undefined : person })}
      />
      <MeansEditor form={form} />
      <TextField label="Hours" maxLength={200} {...form.text('hours', 'optional')} />
      <TextAreaField label="Note" {...form.text('note', 'optional')} />
      <VerifiedField form={form} />
      <RoleChecks
        plan={view.plan}
        legend="Roles that need it on their card"
        value={value.neededBy}
        fault={faultAt('neededBy')}
        onValue={(neededBy) => set({ neededBy })}
      />
    </FormFrame>
  );
}

const paceOptions: readonly Option<MeansOfContact['pace']>[] = pace.map((value) => ({ value, label: value }));
const typeOptions: readonly Option<MeansOfContact['type']>[] = [
  ...(['phone', 'sms', 'email', 'radio', 'chat', 'web', 'other'] as const).map((value) => ({ value, label: value })),
];

/** In the order in which they are tried. */
function MeansEditor({ form }: { readonly form: ItemForm<Contact> }) {
  const { means } = form.value;
  return (
    <ListEditor<MeansOfContact>
      legend="Means of contact, the first one first"
      members={means}
      nameOf={(each) => `${each.type} ${each.value}`}
      fault={form.faultAt('means')}
      onMembers={(next) => form.set({ means: next, ...(hasNewWay(means, next) ? { verifiedAt: null } : {}) })}
      onRemove={(next, words) => form.setWithUndo({ means: next }, words)}
      adds={[
        {
          words: 'Add a means',
          make: () => ({ pace: pace[Math.min(means.length, pace.length - 1)] ?? 'primary', type: 'phone', value: '' }),
        },
      ]}
    >
      {(each, change) => (
        <>
          <ActionRow broad>
            <SelectField
              label="Order to try them in"
              value={each.pace}
              options={paceOptions}
              onValue={(next) => change({ ...each, pace: next })}
            />
            <SelectField
              label="Kind"
              value={each.type}
              options={typeOptions}
              onValue={(type) => change({ ...each, type })}
            />
          </ActionRow>
          <TextField
            label="Number or address"
            value={each.value}
            maxLength={200}
            onValue={(value) => change({ ...each, value })}
          />
          <TextField
            label="Label"
            value={each.label ?? ''}
            maxLength={200}
            onValue={(label) => change({ ...each, label: label === '' ? undefined : label })}
          />
        </>
      )}
    </ListEditor>
  );
}

/** A number or address that nobody has tried yet: a card must not print it as verified. */
function hasNewWay(before: readonly MeansOfContact[], after: readonly MeansOfContact[]): boolean {
  const known = new Set(before.map(({ type, value }) => `${type} ${value}`));
  return after.some(({ type, value }) => value !== '' && !known.has(`${type} ${value}`));
}

function VerifiedField({ form }: { readonly form: ItemForm<Contact> }) {
  const { clock, sync } = usePorts();
  const zone = useZone();
  const today = () => localInput(believedNow(clock, sync), zone).slice(0, 10);
  return (
    <Stack close>
      <TextField
        label="Last verified"
        hint="Emptied by a new number or address: try it, then press “Verified today”."
        type="date"
        value={form.value.verifiedAt ?? ''}
        fault={form.faultAt('verifiedAt')}
        onValue={(date) => form.set({ verifiedAt: date === '' ? null : date })}
      />
      <Button onClick={() => form.set({ verifiedAt: today() })}>Verified today</Button>
    </Stack>
  );
}

function withId<Edit extends Parameters<SaveEdits>[0][number]>(view: DraftView, edit: Edit): Edit {
  if (edit.item?.section !== 'contact') return edit;
  const taken = new Set([newContactId, ...view.plan.contacts.map(({ id }) => String(id))]);
  const id = freeId(edit.item.name, taken) as ContactId;
  return { ...edit, id, item: { ...edit.item, id } };
}

const newContactId = 'new';

/** A contact that is not in the plan yet, last of all. */
export function newContact(view: DraftView): Contact {
  return {
    section: 'contact',
    id: newContactId as ContactId,
    order: lastOrder(view.plan.contacts),
    salt: unsalted,
    name: '',
    means: [{ pace: 'primary', type: 'phone', value: '' }],
    verifiedAt: null,
    neededBy: [],
  };
}
