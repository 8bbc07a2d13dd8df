import type { Grant } from '../../domain/access/access.ts';
import type { PersonId, RoleId } from '../../domain/ids.ts';
import { heldRoles } from '../../domain/incident/held-roles.ts';
import { rightsWords } from '../../parts/rights-words.ts';
import { RoleBadge } from '../../parts/role-badge.tsx';
import { useGrants } from '../../parts/use-grants.ts';
import { nameOf } from '../../parts/use-people.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { GroupTitle, ScreenTitle } from '../../ui/heading.tsx';
import { RowLink } from '../../ui/row-link.tsx';
import { RowList, Stack } from '../../ui/stack.tsx';
import { holdersOf, nobodyWords } from '../../parts/holders-of.ts';
import { TrainingLine } from './training-line.tsx';
import type { PeopleView } from './people-page.tsx';
import styles from './people.module.css';

/** Everybody by role and by name. */
export function PeopleList({ view }: { readonly view: PeopleView }) {
  const { me, people, plan } = view;
  const grants = useGrants();
  const names = [...people].sort(([, a], [, b]) => a.name.localeCompare(b.name));
  return (
    <div className={styles.list}>
      <Stack>
        <ScreenTitle aside={`${people.size} known here`}>People</ScreenTitle>
        {me.access === 'coordinator' ? (
          <RowList label="For coordinators">
            <li>
              <RowLink
                href="/people/invite"
                icon="add"
                title="Invite somebody"
                detail="A code that lets one device in; one person or a whole list"
              />
            </li>
            <li>
              <RowLink
                href="/people/invites"
                icon="join"
                title="Invites"
                detail="Who was asked in; send again or withdraw"
              />
            </li>
            <li>
              <RowLink
                href="/people/devices"
                icon="people"
                title="Devices"
                detail="Whose they are; revoke a lost one"
              />
            </li>
          </RowList>
        ) : null}
        <RowList label="Before an incident">
          {me.sends ? (
            <li>
              <RowLink
                href="/readiness"
                icon="people"
                title="Readiness"
                detail={
                  me.access === 'coordinator' ? 'Whose phone is ready; who is missing' : 'Whether your phone is ready'
                }
              />
            </li>
          ) : null}
          <li>
            <RowLink
              href="/people/contact-test"
              icon="phone"
              title="Call tree"
              detail="Who calls whom; test who can be reached"
            />
          </li>
          <li>
            <RowLink href="/people/training" icon="check" title="Training" detail={<TrainingLine />} />
          </li>
        </RowList>
        {plan === null ? null : (
          <Stack close>
            <GroupTitle id="by-role">Roles</GroupTitle>
            <RowList label="Roles">
              {plan.roles.map(({ id }) => (
                <li key={id}>
                  <RowLink
                    href={`/people/role/${id}`}
                    title={<RoleBadge plan={plan} role={id} />}
                    detail={holderWords(view, id)}
                  />
                </li>
              ))}
            </RowList>
          </Stack>
        )}
        <Stack close>
          <GroupTitle id="by-name">People</GroupTitle>
          {names.length === 0 ? (
            <EmptyState title="Nobody is known here yet.">
              People appear here once they were invited or set this device up.
            </EmptyState>
          ) : (
            <RowList label="People">
              {names.map(([id, person]) => (
                <li key={id}>
                  <RowLink
                    href={`/people/person/${id}`}
                    icon="role"
                    title={id === me.person ? `${person.name} (you)` : person.name}
                    detail={grantWords(view, grants.get(id) ?? null, id)}
                  />
                </li>
              ))}
            </RowList>
          )}
        </Stack>
      </Stack>
    </div>
  );
}

/** Access and roles of a person in one line, as far as this device knows them. */
export function grantWords({ me, plan, incident }: PeopleView, grant: Grant | null, person: PersonId): string {
  const known = grant ?? (person === me.person && me.sends ? me : null);
  const granted = known?.roles ?? [];
  const held = plan === null ? granted : heldRoles(plan, person, granted, incident?.assignments ?? []);
  return rightsWords(plan, known?.access ?? null, [...new Set([...held, ...granted])]);
}

function holderWords(view: PeopleView, role: RoleId): string {
  const { planned, now } = holdersOf(view, role);
  const working = now.map(({ person }) => nameOf(view.people, person)).join(', ');
  const named = planned.map(({ name }, place) => (place === 0 ? name : `${name} (deputy)`)).join(', ');
  const nobody = view.incident?.incident.status === 'active' ? nobodyWords(view).slice(0, -1) : null;
  if (working === '' && nobody !== null && named !== '') return `${nobody}: call ${named}`;
  return [working === '' ? nobody : `Works now: ${working}`, named === '' ? 'No holder in the plan' : `Plan: ${named}`]
    .filter((part) => part !== null)
    .join(' · ');
}
