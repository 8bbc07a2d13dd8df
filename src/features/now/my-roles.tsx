import { useState } from 'react';
import { cardPath } from '../../domain/card/card-path.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { roleTitle } from '../../parts/role-badge.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { later } from '../../ui/later.tsx';
import { RowButton, RowLink } from '../../ui/row-link.tsx';
import { RowList, Stack } from '../../ui/stack.tsx';

const TakeRoleDialog = later(async () => (await import('./my-role-picker.tsx')).TakeRoleDialog);

/** The roles this person works in, where each is handed over, and the incident itself. */
export function MyRoles({ view }: { readonly view: IncidentView }) {
  const [taking, setTaking] = useState(false);
  const mayTake = view.me.access !== 'observer' && view.incident.status === 'active' && view.myRoles.length > 0;
  return (
    <Stack close>
      <GroupTitle>{view.myRoles.length === 0 ? 'The incident' : 'You work as'}</GroupTitle>
      <RowList>
        {view.myRoles.map((role) => (
          <li key={role}>
            <RowLink
              href={cardPath(view.version.hash, role)}
              icon="role"
              title={roleTitle(view.plan, role)}
              detail="Mission, tasks, handing over"
            />
          </li>
        ))}
        {mayTake ? (
          <li>
            <RowButton icon="add" title="Take another role" onPress={() => setTaking(true)} />
          </li>
        ) : null}
        <li>
          <RowLink
            href="/incident"
            icon="check"
            title={view.incident.mode === 'exercise' ? 'About this exercise' : 'About this incident'}
            detail={`Code ${view.incident.code}, declaring recovery, closing`}
          />
        </li>
      </RowList>
      {taking ? <TakeRoleDialog view={view} onClose={() => setTaking(false)} /> : null}
    </Stack>
  );
}
