import { useMemo } from 'react';
import { useParams } from 'wouter';
import type { PersonId } from '../../domain/ids.ts';
import { readiness, type PersonReadiness } from '../../domain/readiness/readiness.ts';
import type { Roster } from '../../domain/readiness/roster.ts';
import type { KnownReminders } from '../../domain/ports/server-api.ts';
import { ServerMemory, type Answer } from '../../parts/server-memory.tsx';
import { useMe, type Me } from '../../parts/use-me.ts';
import { BackLink } from '../../ui/back-link.tsx';
import { Banner } from '../../ui/banner.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { Board } from './board.tsx';
import { MissingPage } from './missing-page.tsx';
import { PersonFindings } from './person-findings.tsx';
import { RemindPage } from './remind-page.tsx';
import { useReminders, useRoster } from './use-roster.ts';

/** What every part of this screen reads. */
export type ReadinessView = {
  readonly me: Me;
  readonly roster: Roster;
  readonly people: readonly PersonReadiness[];
  readonly answer: Pick<Answer<unknown>, 'fault' | 'asking' | 'askAgain'>;
  /** Whom the server can remind, and did; asked by coordinators only. */
  readonly reminders: Answer<KnownReminders>;
};

/** Whose phone is ready, before the event. Coordinators see everybody, others themselves. */
export function ReadinessPage() {
  const me = useMe();
  if (me == null) return null;
  if (!me.sends) return <OnYourOwn />;
  return (
    <ServerMemory>
      <Readiness me={me} />
    </ServerMemory>
  );
}

function Readiness({ me }: { readonly me: Me }) {
  const { what, id } = useParams<{ what?: string; id?: string }>();
  const { roster, answer } = useRoster(me);
  const reminders = useReminders(me);
  const all = useMemo(() => (roster === undefined ? [] : readiness(roster)), [roster]);
  if (roster === undefined) return null;
  const isCoordinator = me.access === 'coordinator';
  const people = isCoordinator ? all : all.filter(({ person }) => person === me.person);
  const view: ReadinessView = { me, roster, people, answer, reminders };
  const opened = isCoordinator ? (what === 'person' ? (id ?? null) : null) : me.person;
  if (isCoordinator && what === 'missing') return <MissingPage view={view} />;
  if (isCoordinator && what === 'remind') return <RemindPage key={id} view={view} only={id ?? null} />;
  if (opened === null) return <Board view={view} />;
  const person = people.find((each) => each.person === (opened as PersonId));
  if (person !== undefined) return <PersonFindings view={view} person={person} />;
  return (
    <Page title="Readiness">
      <BackLink href="/people">People</BackLink>
      <EmptyState title="Nothing is known of that phone yet.">It appears here with the next connection.</EmptyState>
    </Page>
  );
}

function OnYourOwn() {
  return (
    <Page title="Readiness">
      <BackLink href="/people">People</BackLink>
      <Banner title="This device works alone.">
        Readiness is about the phones of a team, so it needs a server once. This device can be tested by itself.
      </Banner>
      <ButtonLink href="/test" icon="check">
        Test this device
      </ButtonLink>
    </Page>
  );
}
