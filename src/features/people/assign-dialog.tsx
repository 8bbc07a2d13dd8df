import { useState } from 'react';
import type { PersonId, RoleId } from '../../domain/ids.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { usePorts } from '../../parts/ports.tsx';
import { roleTitle } from '../../parts/role-badge.tsx';
import { nameOf } from '../../parts/use-people.ts';
import { believedNow } from '../../parts/use-now.ts';
import { useWrite } from '../../parts/use-write.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { SelectField, TextAreaField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { handover } from '../../parts/assignment-drafts.ts';
import { mayAssign } from '../../parts/commands.ts';
import { holdersOf } from '../../parts/holders-of.ts';
import type { PeopleView } from './people-page.tsx';

type AssignDialogProps = {
  readonly view: PeopleView;
  readonly incident: IncidentView;
  readonly role: RoleId;
  readonly onClose: () => void;
};

/** Puts somebody into a role of the open incident, beside or in place of who works in it. It gives no rights. */
export function AssignDialog({ view, incident, role, onClose }: AssignDialogProps) {
  const { clock, sync, random } = usePorts();
  const write = useWrite();
  const toast = useToast();
  const { now } = holdersOf(view, role);
  const working = now.map(({ person }) => person);
  const free = [...view.people].filter(([id]) => !working.includes(id) && mayAssign(incident, role, id));
  // what the grant or the plan gives doesn't end with an assignment
  const relievable = now.flatMap(({ person, since }) =>
    since !== null && mayAssign(incident, role, person) ? [person] : [],
  );
  const [to, setTo] = useState<PersonId | ''>(free.length === 1 ? (free[0]?.[0] ?? '') : '');
  const [from, setFrom] = useState<PersonId | ''>('');
  const [note, setNote] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const title = roleTitle(incident.plan, role);

  const save = async () => {
    if (to === '') return setFault('Choose who works in this role.');
    setBusy(true);
    const words = { role, from: from === '' ? null : from, to, note: note.trim() || null, asTeam: from === '' };
    const saved = await write(handover(incident, words, believedNow(clock, sync), random));
    setBusy(false);
    if (saved === null) return undefined;
    toast({ words: `${nameOf(view.people, to)} works as ${title}` });
    return onClose();
  };

  return (
    <Dialog title={`Assign: ${title}`} onClose={onClose}>
      <Form onSubmit={() => void save()}>
        <SelectField
          label="Who works in it"
          hint="It shows whose tasks are whose; what a person may do stays as it is."
          value={to}
          fault={fault}
          options={[
            { value: '' as const, label: free.length === 0 ? 'Everybody known works in it' : 'Choose a person' },
            ...free.map(([id, { name }]) => ({ value: id, label: id === view.me.person ? `${name} (you)` : name })),
          ]}
          onValue={(chosen) => {
            setTo(chosen);
            setFault(null);
          }}
        />
        {relievable.length === 0 ? null : (
          <SelectField
            label="Takes over from"
            value={from}
            options={[
              { value: '' as const, label: 'Nobody: works beside them' },
              ...relievable.map((id) => ({ value: id, label: nameOf(view.people, id) })),
            ]}
            onValue={setFrom}
          />
        )}
        <TextAreaField
          label="Hand-over note"
          hint="What is open, what was promised, where things are. Goes into the log."
          value={note}
          maxLength={1000}
          onValue={setNote}
        />
        <DialogActions>
          <Button kind="primary" type="submit" disabled={busy}>
            Save
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
