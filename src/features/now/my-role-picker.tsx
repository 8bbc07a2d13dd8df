import { useState } from 'react';
import type { RoleId } from '../../domain/ids.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { useTakeOver } from '../../parts/use-take-over.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { SelectField } from '../../ui/field.tsx';

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
  const { take } = useTakeOver(view);
  const [role, setRole] = useState<RoleId | ''>('');
  const taken = async () => {
    if (role !== '' && (await take(role))) onTaken?.();
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
      <Button kind="primary" disabled={role === ''} onClick={() => void taken()}>
        Take this role
      </Button>
    </>
  );
}
