import type { Phone, PersonReadiness } from '../../domain/readiness/readiness.ts';
import { roleTitles } from '../../parts/rights-words.ts';
import { BackLink } from '../../ui/back-link.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { Page } from '../../ui/page.tsx';
import { Stack } from '../../ui/stack.tsx';
import type { Finding } from '../../domain/readiness/findings.ts';
import type { Millis } from '../../domain/time.ts';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { checkNames, findingWords, toDoWords } from './check-words.ts';
import { colourWords, Mark } from './mark.tsx';
import { personName } from './person-name.ts';
import { PhoneHistory } from './phone-history.tsx';
import type { ReadinessView } from './readiness-page.tsx';
import styles from './readiness.module.css';
import { Means, Reminded } from './what-to-do.tsx';

/** One person: every check of each of their phones with its age, and what to do. */
export function PersonFindings({ view, person }: { readonly view: ReadinessView; readonly person: PersonReadiness }) {
  const { roster, me } = view;
  const isMe = person.person === me.person;
  const isCoordinator = me.access === 'coordinator';
  const titles = roleTitles(roster.plan, person.roles);
  const name = personName(person);
  const told = isMe ? null : name;
  const open = person.findings.filter(({ colour }) => colour === 'red' || colour === 'amber');
  return (
    <Page title={isMe ? `${name} (you)` : name} aside={titles.join(' · ')}>
      <BackLink href={isCoordinator ? '/readiness' : '/people'}>{isCoordinator ? 'Readiness' : 'People'}</BackLink>
      {isMe ? (
        <ButtonLink href="/test" icon="check">
          Test this device
        </ButtonLink>
      ) : (
        <>
          <Reminded view={view} person={person} />
          <Means view={view} person={person} findings={open} />
        </>
      )}
      {person.phones.length === 0 ? (
        <Findings findings={person.findings} now={roster.now} label="Checks" told={told} />
      ) : null}
      {person.phones.map((phone) => (
        <PhoneFindings key={phone.id} view={view} phone={phone} told={told} />
      ))}
    </Page>
  );
}

/** Whom one would tell what to do, by name; null for oneself. */
type Told = { readonly told: string | null };

type PhoneFindingsProps = Told & { readonly view: ReadinessView; readonly phone: Phone };

function PhoneFindings({ view, phone, told }: PhoneFindingsProps) {
  const title = `${phone.name} ${phone.id.slice(0, 4)}`;
  const isThis = phone.id === view.me.device;
  return (
    <Stack close>
      <GroupTitle aside={isThis ? 'this device' : undefined}>{title}</GroupTitle>
      <Findings findings={phone.findings} now={view.roster.now} label={`Checks of ${title}`} told={told} />
      <PhoneHistory device={phone.id} />
    </Stack>
  );
}

type FindingsProps = Told & {
  readonly findings: readonly Finding[];
  readonly now: Millis;
  readonly label: string;
};

function Findings({ findings, now, label, told }: FindingsProps) {
  return (
    <ul role="list" className={styles.roles} aria-label={label}>
      {findings.map((finding) => (
        <li key={finding.check} className={styles.line}>
          <Mark colour={finding.colour} />
          <div>
            <strong>{checkNames[finding.check]}</strong>
            <VisuallyHidden> ({colourWords[finding.colour]})</VisuallyHidden>: {findingWords(finding, now)}
            {finding.todo === null ? null : <small>{toDoWords(finding.todo, told)}</small>}
          </div>
        </li>
      ))}
    </ul>
  );
}
