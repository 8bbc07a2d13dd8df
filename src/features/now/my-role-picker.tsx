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
import { SelectField } from '../../ui/field.tsx';
import { useToast } from '../../ui/toasts.tsx';

/** Takes a role in this incident when the plan and the grant name none. It shows whose tasks are whose; it gives no rights. */
export function MyRolePicker({ view }: { readonly view: IncidentView }) {
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
    if (saved !== null) toast({ words: `You work as ${roleTitle(view.plan, role)}` });
  };
  return (
    <Card label="Your role">
      <SelectField
        label="Which role do you work in?"
        hint="Now and Checklist then show your own tasks first."
        value={role}
        options={[
          { value: '', label: 'Choose a role' },
          ...view.plan.roles.map(({ id, title }) => ({ value: id, label: title })),
        ]}
        onValue={setRole}
      />
      <Button kind="primary" disabled={role === ''} onClick={() => void take()}>
        Take this role
      </Button>
    </Card>
  );
}
