import { useMemo, useState } from 'react';
import type { PersonId } from '../../domain/ids.ts';
import { criticalOf, missingTonight, type StruckRole } from '../../domain/readiness/missing-tonight.ts';
import { places, type Place, type PlaceKind } from '../../domain/readiness/person-place.ts';
import { counted } from '../../parts/amount-words.ts';
import { roleTitles } from '../../parts/rights-words.ts';
import { roleTitle } from '../../parts/role-badge.tsx';
import { nameOf } from '../../parts/use-people.ts';
import { BackLink } from '../../ui/back-link.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { CheckField } from '../../ui/field.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { Page } from '../../ui/page.tsx';
import { RowList, Stack } from '../../ui/stack.tsx';
import { personName } from './person-name.ts';
import type { ReadinessView } from './readiness-page.tsx';
import styles from './readiness.module.css';

type Struck = ReadonlySet<string>;

/** Takes people, a site or a carrier away and shows what nobody would do then. Nothing is saved or changed. */
export function MissingPage({ view }: { readonly view: ReadinessView }) {
  const { plan } = view.roster;
  const [struck, setStruck] = useState<Struck>(new Set());
  const toggle = (name: string) =>
    setStruck((before) => {
      const next = new Set(before);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  return (
    <Page title="Who is missing tonight?">
      <BackLink href="/readiness">Readiness</BackLink>
      {plan === null ? (
        <EmptyState title="No plan yet.">Without a plan there are no roles to cover.</EmptyState>
      ) : (
        <>
          <p>Tick who can’t come, or a whole site or mobile network. Nothing is saved and nobody is told.</p>
          <Uncovered view={view} struck={struck} />
          <Places view={view} kind="site" struck={struck} onToggle={toggle} />
          <Places view={view} kind="carrier" struck={struck} onToggle={toggle} />
          <Stack close>
            <GroupTitle>People</GroupTitle>
            {view.people.map((each) => (
              <CheckField
                key={each.person}
                label={personName(each)}
                hint={roleTitles(plan, each.roles).join(' · ') || 'no role'}
                checked={struck.has(`person ${each.person}`)}
                onChecked={() => toggle(`person ${each.person}`)}
              />
            ))}
          </Stack>
        </>
      )}
    </Page>
  );
}

function Uncovered({ view, struck }: { readonly view: ReadinessView; readonly struck: Struck }) {
  const { roster, people } = view;
  const { plan } = roster;
  const found = useMemo(() => {
    if (plan === null) return null;
    const holders = new Map(
      plan.roles.map(({ id }) => [id, people.flatMap(({ person, roles }) => (roles.includes(id) ? [person] : []))]),
    );
    return missingTonight(plan, holders, missingPeople(view, struck));
  }, [plan, people, view, struck]);
  if (plan === null || found === null) return null;
  const isCovered = found.uncovered.length === 0 && found.unheld.length === 0;
  const tasks = found.uncovered.reduce((sum, each) => sum + each.tasks.length, 0);
  return (
    <Stack close>
      <div role="status">
        <Banner
          tone={isCovered ? 'good' : 'late'}
          icon={isCovered ? 'check' : 'warning'}
          title={
            found.uncovered.length === 0
              ? 'Every role that somebody holds is still covered.'
              : `${counted(found.uncovered.length, 'role')} with ${counted(tasks, 'task')} would have nobody.`
          }
        >
          {found.unheld.length === 0
            ? null
            : `${counted(found.unheld.length, 'role')} ${found.unheld.length === 1 ? 'is' : 'are'} held by nobody known here anyway.`}
        </Banner>
      </div>
      {found.unheld.length === 0 ? null : (
        <Disclosure summary="Roles held by nobody known here">
          <p>{roleTitles(plan, found.unheld).join(', ')}</p>
        </Disclosure>
      )}
      <RowList label="Uncovered roles">
        {found.uncovered.map((role) => (
          <li key={role.role}>
            <RoleCard view={view} role={role} />
          </li>
        ))}
      </RowList>
      {found.thin.length === 0 ? null : (
        <p>
          Would hang on one person:{' '}
          {found.thin
            .map(({ role, left }) => `${roleTitle(plan, role)} (${nameOf(roster.people, left[0] ?? null)})`)
            .join(', ')}
          .
        </p>
      )}
    </Stack>
  );
}

const shownFirst = 5;

function RoleCard({ view: { roster }, role }: { readonly view: ReadinessView; readonly role: StruckRole }) {
  const title = roleTitle(roster.plan, role.role);
  const critical = criticalOf(role);
  const tasks = (some: StruckRole['tasks']) => (
    <ul className={styles.tasks}>
      {some.map((task) => (
        <li key={task.id}>
          <strong>{task.id}</strong> {task.title}
          {task.critical ? ' (critical)' : ''}
        </li>
      ))}
    </ul>
  );
  return (
    <Card label={`Uncovered: ${title}`}>
      <strong>{title}</strong>
      <p>
        {counted(role.tasks.length, 'task')}, {critical} critical · missing:{' '}
        {role.lost.map((person) => nameOf(roster.people, person)).join(', ')}
      </p>
      {tasks(role.tasks.slice(0, shownFirst))}
      {role.tasks.length <= shownFirst ? null : (
        <Disclosure summary={`${role.tasks.length - shownFirst} more`}>
          {tasks(role.tasks.slice(shownFirst))}
        </Disclosure>
      )}
    </Card>
  );
}

const placeTitles: Readonly<Record<PlaceKind, string>> = { site: 'Sites', carrier: 'Mobile networks' };

function Places({
  view,
  kind,
  struck,
  onToggle,
}: {
  readonly view: ReadinessView;
  readonly kind: PlaceKind;
  readonly struck: Struck;
  readonly onToggle: (name: string) => void;
}) {
  const { known, unknown } = placesIn(view, kind);
  return (
    <Stack close>
      <GroupTitle>{placeTitles[kind]}</GroupTitle>
      {known.map((place) => (
        <CheckField
          key={place.name}
          label={place.name}
          hint={peopleWords(view, place)}
          checked={struck.has(`${kind} ${place.name}`)}
          onChecked={() => onToggle(`${kind} ${place.name}`)}
        />
      ))}
      {unknown.length === 0 ? null : (
        <p>
          Not known of {counted(unknown.length, 'person', 'people')}. Each person can say it in Settings, under “Your
          numbers”.
        </p>
      )}
    </Stack>
  );
}

function peopleWords({ roster: { people } }: ReadinessView, place: Place): string {
  return place.people.map((person) => nameOf(people, person)).join(', ');
}

function placesIn({ roster, people }: ReadinessView, kind: PlaceKind) {
  const expected = people.flatMap(({ person }) => {
    const record = roster.people.get(person);
    return record === undefined ? [] : [[person, record] as const];
  });
  return places(expected, kind);
}

function missingPeople(view: ReadinessView, struck: Struck): ReadonlySet<PersonId> {
  const placed = (['site', 'carrier'] as const).flatMap((kind) =>
    placesIn(view, kind)
      .known.filter(({ name }) => struck.has(`${kind} ${name}`))
      .flatMap(({ people }) => people),
  );
  const alone = view.people.map(({ person }) => person).filter((person) => struck.has(`person ${person}`));
  return new Set([...placed, ...alone]);
}
