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
import { TextAreaField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { handover } from '../../parts/assignment-drafts.ts';
import type { PeopleView } from './people-page.tsx';

type EndAssignmentDialogProps = {
  readonly view: PeopleView;
  readonly incident: IncidentView;
  readonly role: RoleId;
  readonly person: PersonId;
  readonly onClose: () => void;
};

/** Ends somebody's work in a role now; it stays in the record, and the log says so. */
export function EndAssignmentDialog({ view, incident, role, person, onClose }: EndAssignmentDialogProps) {
  const { clock, sync, random } = usePorts();
  const write = useWrite();
  const toast = useToast();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const title = roleTitle(incident.plan, role);
  const name = nameOf(view.people, person);
  const end = async () => {
    setBusy(true);
    const words = { role, from: person, to: null, note: note.trim() || null };
    const saved = await write(handover(incident, words, believedNow(clock, sync), random));
    setBusy(false);
    if (saved === null) return;
    toast({ words: `${name} no longer works as ${title}` });
    onClose();
  };
  return (
    <Dialog title={`End the work of ${name} as ${title}?`} onClose={onClose}>
      <Form onSubmit={() => void end()}>
        <p>
          It ends now and stays in the record. Whoever comes next takes the role; a coordinator can do both in one step
          with “Assign somebody”.
        </p>
        <TextAreaField
          label="Hand-over note"
          hint="What is open, what was promised, where things are. Goes into the log."
          value={note}
          maxLength={1000}
          onValue={setNote}
        />
        <DialogActions>
          <Button kind="primary" type="submit" disabled={busy}>
            End it now
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
