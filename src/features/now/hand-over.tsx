import { useState } from 'react';
import type { PersonId, RoleId } from '../../domain/ids.ts';
import { standingAssignments, type HeldAssignment } from '../../domain/incident/held-roles.ts';
import { handover } from '../../parts/assignment-drafts.ts';
import { commands } from '../../parts/commands.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { usePorts } from '../../parts/ports.tsx';
import { roleTitle } from '../../parts/role-badge.tsx';
import { believedNow } from '../../parts/use-now.ts';
import { useWrite } from '../../parts/use-write.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { SelectField, TextAreaField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { useToast } from '../../ui/toasts.tsx';

/** Ends this person's own work in a role that was taken here; roles of the grant and of the plan stay. */
export function HandOver({ view, role }: { readonly view: IncidentView; readonly role: RoleId }) {
  const [asking, setAsking] = useState(false);
  const taken = standingAssignments(view.assignments).find(
    (each) => each.role === role && each.person === view.me.person,
  );
  if (taken === undefined || view.me.access === 'observer') return null;
  return (
    <>
      <Button onClick={() => setAsking(true)}>Hand over this role…</Button>
      {asking ? <HandOverDialog view={view} taken={taken} onClose={() => setAsking(false)} /> : null}
    </>
  );
}

function HandOverDialog({
  view,
  taken,
  onClose,
}: {
  readonly view: IncidentView;
  readonly taken: HeldAssignment;
  readonly onClose: () => void;
}) {
  const { clock, sync, random } = usePorts();
  const write = useWrite();
  const toast = useToast();
  const [to, setTo] = useState<PersonId | ''>('');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const { role } = taken;
  const title = roleTitle(view.plan, role);
  const save = async () => {
    setBusy(true);
    const now = believedNow(clock, sync);
    const said = note.trim();
    const whom = to === '' ? null : to;
    // whoever commands puts them in at once; others can only say to whom, who then takes it with one press
    const puts = whom !== null && commands(view);
    const ended = { role, from: view.me.person, to: puts ? whom : null, offeredTo: whom, note: said || null };
    const saved = await write(handover(view, ended, now, random));
    if (saved === null) return setBusy(false);
    toast({ words: `You no longer work as ${title}` });
    return onClose();
  };
  return (
    <Dialog title={`Hand over: ${title}`} onClose={onClose}>
      <Form onSubmit={() => void save()}>
        <SelectField
          label="To whom"
          hint={commands(view) ? 'They work in it at once.' : 'They are asked on Now, and take it with one press.'}
          value={to}
          options={[
            { value: '' as const, label: 'Nobody in particular' },
            ...[...view.people]
              .filter(([id]) => id !== view.me.person)
              .map(([id, { name }]) => ({ value: id, label: name })),
          ]}
          onValue={setTo}
        />
        <TextAreaField
          label="What must the next person know?"
          hint="It stands in the log, for who takes the role."
          value={note}
          rows={4}
          maxLength={1000}
          onValue={setNote}
        />
        <DialogActions>
          <Button kind="primary" type="submit" disabled={busy}>
            Hand over
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
