import { useState } from 'react';
import type { PersonId, RoleId } from '../../domain/ids.ts';
import type { Holder } from '../../domain/plan/plan-item.ts';
import { ofRole } from '../../domain/training/training-due.ts';
import { HolderWays, Ways } from '../../parts/holder-ways.tsx';
import { keyed } from '../../parts/keyed.ts';
import { roleTitle } from '../../parts/role-badge.tsx';
import { whenWords } from '../../parts/time-words.ts';
import { useNow } from '../../parts/use-now.ts';
import { nameOf } from '../../parts/use-people.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { RowList, Stack } from '../../ui/stack.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import { EndAssignmentDialog } from './end-assignment-dialog.tsx';
import { mayAssign } from '../../parts/commands.ts';
import { TakeOverActions, TakenByMore } from '../../parts/take-over-actions.tsx';
import { holdersOf, nobodyWords } from '../../parts/holders-of.ts';
import { Pane } from './pane.tsx';
import { TrainingOf } from './training-of.tsx';
import type { PeopleView } from './people-page.tsx';

/** One role: who works in it now, who holds it in the plan, how to reach each, and the hand-over. */
export function RolePane({ view, role }: { readonly view: PeopleView; readonly role: RoleId }) {
  const { plan, incident } = view;
  if (plan === null || !plan.roleById.has(role)) {
    return (
      <Pane title="No such role">
        <EmptyState title="The plan held here has no such role." />
      </Pane>
    );
  }
  return (
    <Pane title={roleTitle(plan, role)}>
      {incident === null ? null : <WorkingNow view={view} role={role} />}
      <Stack close>
        <GroupTitle>Holders in the plan</GroupTitle>
        <PlanHolders view={view} role={role} />
      </Stack>
      <TrainingOf pick={({ known }) => ofRole(known, role)} />
    </Pane>
  );
}

function WorkingNow({ view, role }: { readonly view: PeopleView; readonly role: RoleId }) {
  const { incident, people, me } = view;
  const { planned, now: working } = holdersOf(view, role);
  const clock = useNow();
  const [assigning, setAssigning] = useState(false);
  const [ending, setEnding] = useState<PersonId | null>(null);
  if (incident === null) return null;
  const { zone, status } = incident.incident;
  const others = [...people.keys()].some(
    (person) =>
      person !== me.person && mayAssign(incident, role, person) && !working.some((each) => each.person === person),
  );
  return (
    <Stack close>
      <GroupTitle>In this incident</GroupTitle>
      <TakenByMore view={incident} role={role} />
      {working.length === 0 ? <EmptyState title={nobodyWords(view)}>{callWords(planned[0])}</EmptyState> : null}
      <RowList label="In this incident">
        {working.map(({ person, since, note }) => (
          <li key={person}>
            <Card>
              <div>
                <strong>{nameOf(people, person)}</strong>
                <p>
                  {since === null ? 'by invitation or by the plan' : `since ${whenWords(since, zone, clock)}`}
                  {note === null ? '' : ` · ${note}`}
                </p>
              </div>
              <Ways means={people.get(person)?.contacts ?? []} />
              {since !== null && mayAssign(incident, role, person) ? (
                <Button onClick={() => setEnding(person)}>End…</Button>
              ) : null}
            </Card>
          </li>
        ))}
      </RowList>
      <TakeOverActions view={incident} role={role} />
      {status === 'active' && others ? <Button onClick={() => setAssigning(true)}>Assign somebody…</Button> : null}
      {assigning ? (
        <AssignDialog view={view} incident={incident} role={role} onClose={() => setAssigning(false)} />
      ) : null}
      {ending === null ? null : (
        <EndAssignmentDialog
          view={view}
          incident={incident}
          role={role}
          person={ending}
          onClose={() => setEnding(null)}
        />
      )}
    </Stack>
  );
}

function callWords(first: Holder | undefined): string | undefined {
  return first === undefined ? undefined : `Call ${first.name}, who holds it in the plan.`;
}

function PlanHolders({ view, role }: { readonly view: PeopleView; readonly role: RoleId }) {
  const { planned } = holdersOf(view, role);
  if (planned.length === 0) return <EmptyState title="The plan names nobody." />;
  return (
    <RowList label="Holders in the plan">
      {keyed(planned, ({ name }) => name).map(({ key, member: holder }, place) => (
        <li key={key}>
          <Card>
            <div>
              <strong>{holder.name}</strong>
              <p>
                {[
                  place === 0 ? 'Primary' : 'Deputy',
                  holderWords(holder),
                  isOn(view, role, holder) ? 'works in it now' : '',
                ]
                  .filter((part) => part !== '')
                  .join(' · ')}
              </p>
            </div>
            {view.plan === null ? null : <HolderWays plan={view.plan} people={view.people} holder={holder} />}
          </Card>
        </li>
      ))}
    </RowList>
  );
}

/** The plan may name the person only by the contact. */
function isOn(view: PeopleView, role: RoleId, holder: Holder): boolean {
  if (holder.kind !== 'person') return false;
  const person = holder.person ?? view.plan?.contacts.find(({ id }) => id === holder.contact)?.person;
  return person !== undefined && holdersOf(view, role).now.some((each) => each.person === person);
}

function holderWords(holder: Holder): string {
  switch (holder.kind) {
    case 'person':
      return '';
    case 'department':
      return 'a department';
    case 'organisation':
      return [
        'an outside organisation',
        holder.contract === undefined || holder.contract === '' ? null : `contract ${holder.contract}`,
        holder.hours === undefined || holder.hours === '' ? null : holder.hours,
      ]
        .filter((part) => part !== null)
        .join(', ');
  }
}
