import { memo } from 'react';
import { Link } from 'wouter';
import { checks, type Colour } from '../../domain/readiness/findings.ts';
import type { PersonReadiness } from '../../domain/readiness/readiness.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { roleTitles } from '../../parts/rights-words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { checkNames } from './check-words.ts';
import { colourWords, Mark } from './mark.tsx';
import { personName } from './person-name.ts';
import type { ReadinessView } from './readiness-page.tsx';
import { remindedWords } from './reminder-words.ts';
import styles from './grid.module.css';

const rank: Readonly<Record<PersonReadiness['worst'], number>> = { red: 0, unknown: 1, amber: 2, green: 3 };
const colours: readonly Colour[] = ['green', 'amber', 'red', 'unknown', 'not-asked'];

/**
 * People by checks; who needs help first. The browser leaves out what is not in sight (content-visibility), so hundreds scroll on a
 * phone and paper still gets all of them.
 */
export function Grid({ view: { people, roster, reminders } }: { readonly view: ReadinessView }) {
  if (people.length === 0) {
    return <EmptyState title="Nobody is expected yet.">Invite people; each phone reports by itself.</EmptyState>;
  }
  const rows = [...people].sort((a, b) => rank[a.worst] - rank[b.worst] || reds(b) - reds(a));
  return (
    <div className={styles.grid}>
      <div className={styles.head} aria-hidden="true">
        {checks.map((check) => (
          <span key={check}>{checkNames[check]}</span>
        ))}
      </div>
      <ul role="list" aria-label="People and their phones">
        {rows.map((person) => (
          <Row
            key={person.person}
            person={person}
            plan={roster.plan}
            reminded={remindedWords(reminders.known?.latest ?? [], person.person, roster.now)}
          />
        ))}
      </ul>
      <ul role="list" className={styles.legend} aria-label="What the marks mean">
        {colours.map((colour) => (
          <li key={colour}>
            <Mark colour={colour} /> {colourWords[colour]}
          </li>
        ))}
      </ul>
    </div>
  );
}

type RowProps = {
  readonly person: PersonReadiness;
  readonly plan: Plan | null;
  readonly reminded: string | null;
};

const Row = memo(function Row({ person, plan, reminded }: RowProps) {
  const { roles, findings, phones } = person;
  const named = personName(person);
  const titles = roleTitles(plan, roles).join(', ');
  const more = phones.length > 1 ? ` · ${phones.length} phones` : '';
  return (
    <li className={styles.row}>
      <Link
        href={`/readiness/person/${person.person}`}
        aria-label={`${named}: ${[spoken(person), ...(reminded === null ? [] : [reminded])].join('; ')}`}
      >
        <span className={styles.who}>
          <strong>{named}</strong>
          <small>
            {titles === '' ? 'no role' : titles}
            {more}
            {reminded === null ? '' : ` · ${reminded}`}
          </small>
        </span>
        <span className={styles.marks} aria-hidden="true">
          {findings.map(({ check, colour }) => (
            <Mark key={check} colour={colour} />
          ))}
        </span>
      </Link>
    </li>
  );
});

function reds({ findings }: PersonReadiness): number {
  return findings.filter(({ colour }) => colour === 'red').length;
}

/** The same as the marks, for those who don't see them. */
function spoken({ findings }: PersonReadiness): string {
  const parts = (['red', 'amber', 'unknown'] as const).flatMap((colour) => {
    const found = findings.filter((each) => each.colour === colour).map(({ check }) => checkNames[check]);
    return found.length === 0 ? [] : [`${colourWords[colour]}: ${found.join(', ')}`];
  });
  return parts.length === 0 ? 'ready' : parts.join('; ');
}
