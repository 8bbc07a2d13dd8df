import { useMemo } from 'react';
import { coverage, type RoleCoverage } from '../../domain/readiness/coverage.ts';
import { counted } from '../../parts/amount-words.ts';
import { serverFaultWords } from '../../parts/server-fault-words.ts';
import { fullTime } from '../../parts/time-words.ts';
import { useZone } from '../../parts/use-zone.ts';
import { BackLink } from '../../ui/back-link.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { Page } from '../../ui/page.tsx';
import { ActionRow, Stack } from '../../ui/stack.tsx';
import { CoverageList } from './coverage-list.tsx';
import { Grid } from './grid.tsx';
import type { ReadinessView } from './readiness-page.tsx';
import { RemindLink } from './remind-link.tsx';
import { SaveCsv } from './save-csv.tsx';
import { WhatToDo } from './what-to-do.tsx';
import styles from './readiness.module.css';

/** The readiness of everybody: in words, by role, as a picture, and what to do about it. */
export function Board({ view }: { readonly view: ReadinessView }) {
  const { roster, people, answer } = view;
  const roles = useMemo(() => coverage(roster, people), [roster, people]);
  const ready = people.filter(({ worst }) => worst === 'green').length;
  return (
    <div className={styles.board}>
      <Page title="Readiness" aside={`${ready} of ${people.length} ready`}>
        <BackLink href="/people">People</BackLink>
        <Verdict view={view} roles={roles} />
        {answer.fault === null ? null : (
          <Banner
            title="The server can’t be asked just now."
            action={
              <Button fit disabled={answer.asking} onClick={answer.askAgain}>
                Ask again
              </Button>
            }
          >
            {serverFaultWords(answer.fault)} Below stands what the phones reported before; who never joined is not
            known.
          </Banner>
        )}
        <Stack close>
          <GroupTitle aside={counted(people.length, 'person', 'people')}>Phones</GroupTitle>
          <Grid view={view} />
        </Stack>
        <div className={styles.screenOnly}>
          <Stack close>
            <RemindLink view={view} />
            <ActionRow broad>
              <ButtonLink href="/readiness/missing" icon="people">
                Who is missing tonight?
              </ButtonLink>
              <Button icon="print" onClick={() => window.print()}>
                Print the board
              </Button>
            </ActionRow>
            <SaveCsv view={view} />
          </Stack>
        </div>
        <Stack close>
          <GroupTitle>Roles</GroupTitle>
          <CoverageList view={view} roles={roles} />
        </Stack>
        <WhatToDo view={view} />
      </Page>
    </div>
  );
}

function Verdict({ view, roles }: { readonly view: ReadinessView; readonly roles: readonly RoleCoverage[] }) {
  const zone = useZone();
  const red = roles.filter(({ colour }) => colour === 'red').length;
  const isGood = view.roster.plan !== null && red === 0;
  return (
    <Banner tone={isGood ? 'good' : 'late'} icon={isGood ? 'check' : 'warning'} title={verdictWords(view, red)}>
      {planWords(view)} As of {fullTime(view.roster.now, zone)}.
    </Banner>
  );
}

function verdictWords({ roster: { plan } }: ReadinessView, red: number): string {
  if (plan === null) return 'No plan is published yet.';
  if (red === 0) return 'Every critical role has two phones with its card.';
  return `${counted(red, 'critical role')} ${red === 1 ? 'has' : 'have'} fewer than two phones with the current card.`;
}

function planWords({ roster: { current, plan } }: ReadinessView): string {
  if (current === null) return 'Until there is one, nobody can hold a card.';
  return `${plan?.header?.title ?? 'The plan'}, version ${current.number}.`;
}
