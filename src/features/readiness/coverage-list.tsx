import type { CoveringPhone, RoleCoverage } from '../../domain/readiness/coverage.ts';
import { counted } from '../../parts/amount-words.ts';
import { roleTitle } from '../../parts/role-badge.tsx';
import { nameOf } from '../../parts/use-people.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { colourWords, Mark } from './mark.tsx';
import type { ReadinessView } from './readiness-page.tsx';
import styles from './readiness.module.css';

type CoverageListProps = { readonly view: ReadinessView; readonly roles: readonly RoleCoverage[] };

/** How many phones hold the current card of each role, critical roles first. */
export function CoverageList({ view, roles }: CoverageListProps) {
  const others = roles.filter(({ critical }) => !critical);
  return (
    <>
      <Lines view={view} roles={roles.filter(({ critical }) => critical)} label="Critical roles" />
      {others.length === 0 ? null : (
        <Disclosure summary={`Roles without critical tasks (${others.length})`}>
          <Lines view={view} roles={others} label="Other roles" />
        </Disclosure>
      )}
    </>
  );
}

function Lines({ view, roles, label }: CoverageListProps & { readonly label: string }) {
  const { plan } = view.roster;
  return (
    <ul role="list" className={styles.roles} aria-label={label}>
      {roles.map((each) => (
        <li key={each.role} className={styles.line}>
          <Mark colour={each.colour} />
          <div>
            <strong>{roleTitle(plan, each.role)}</strong>
            <VisuallyHidden>: {colourWords[each.colour]}</VisuallyHidden>
            <small>{coverageWords(view, each)}</small>
          </div>
        </li>
      ))}
    </ul>
  );
}

function coverageWords({ roster: { people } }: ReadinessView, role: RoleCoverage): string {
  const names = (phones: readonly CoveringPhone[]) =>
    [...new Set(phones.map(({ person }) => nameOf(people, person)))].join(', ');
  const { holding, others, without, named } = role;
  return [
    holding.length === 0
      ? 'No phone holds its current card'
      : `${counted(holding.length, 'phone')} with its current card: ${names(holding)}`,
    others.length === 0 ? null : `not sure of: ${names(others)}`,
    without.length === 0 ? null : `no phone: ${without.map((person) => nameOf(people, person)).join(', ')}`,
    named.length === 0 || holding.length > 1 ? null : `the plan names: ${named.join(', ')}`,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
