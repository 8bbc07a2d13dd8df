import { useState } from 'react';
import type { RoleId } from '../../domain/ids.ts';
import { recordKey } from '../../domain/sync/kinds.ts';
import { instant } from '../../domain/time.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { newLogEntry } from '../../parts/new-log-entry.ts';
import { usePorts } from '../../parts/ports.tsx';
import { roleTitle } from '../../parts/role-badge.tsx';
import { believedNow } from '../../parts/use-now.ts';
import { useWrite } from '../../parts/use-write.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/field.tsx';
import { useToast } from '../../ui/toasts.tsx';

/** Asks for a role when the plan and the grant name none. */
export function MyRolePicker({ view }: { readonly view: IncidentView }) {
  return (
    <Card label="Your role">
      <RoleChoice view={view} />
    </Card>
  );
}

/** Takes one more role. */
export function TakeRoleDialog({ view, onClose }: { readonly view: IncidentView; readonly onClose: () => void }) {
  return (
    <Dialog title="Take another role" onClose={onClose}>
      <RoleChoice view={view} onTaken={onClose} />
    </Dialog>
  );
}

/** Takes a role in this incident. It shows whose tasks are whose; it gives no rights. */
function RoleChoice({ view, onTaken }: { readonly view: IncidentView; readonly onTaken?: () => void }) {
  const { clock, sync, random } = usePorts();
  const write = useWrite();
  const toast = useToast();
  const [role, setRole] = useState<RoleId | ''>('');
  const take = async () => {
    if (role === '') return;
    const now = believedNow(clock, sync);
    const { person, name } = view.me;
    const at = instant(now);
    const saved = await write([
      {
        kind: 'assignment',
        key: recordKey(view.id, role, person),
        value: { since: at, until: null, note: null },
        shown: view.seen.assignment(role, person),
      },
      newLogEntry(
        view.id,
        {
          type: 'handover',
          text: `${name === '' ? 'Somebody' : name} works as ${roleTitle(view.plan, role)}.`,
          at,
          by: person,
          role,
        },
        now,
        random,
      ),
    ]);
    if (saved === null) return;
    toast({ words: `You work as ${roleTitle(view.plan, role)}` });
    onTaken?.();
  };
  return (
    <>
      <SelectField
        label="Which role do you work in?"
        hint="Now and Checklist then show your own tasks first."
        value={role}
        options={[
          { value: '', label: 'Choose a role' },
          ...view.plan.roles
            .filter(({ id }) => !view.myRoles.includes(id))
            .map(({ id, title }) => ({ value: id, label: title })),
        ]}
        onValue={setRole}
      />
      <Button kind="primary" disabled={role === ''} onClick={() => void take()}>
        Take this role
      </Button>
    </>
  );
}
