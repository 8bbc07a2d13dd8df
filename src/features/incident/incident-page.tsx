import { useState } from 'react';
import { commands } from '../../parts/commands.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { isFinal } from '../../parts/task-view.ts';
import { modeWords, severityWords } from '../../parts/status-words.ts';
import { StillActive } from '../../parts/still-active.tsx';
import { ThreeWordsOf } from '../../parts/three-words-of.tsx';
import { fullTime } from '../../parts/time-words.ts';
import { nameOf } from '../../parts/use-people.ts';
import { WithIncident } from '../../parts/with-incident.tsx';
import { Button } from '../../ui/button.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import { Facts } from '../../ui/facts.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { Page } from '../../ui/page.tsx';
import { Stack } from '../../ui/stack.tsx';
import { CloseDialog } from './close-dialog.tsx';
import { RecoverySection } from './recovery-section.tsx';

/** What the open incident is, how far its recovery is from being declared, and where it is closed. */
export function IncidentPage() {
  return (
    <WithIncident
      title="Incident"
      appears="What the incident is, its code, its recovery and its closing appear here once a plan is activated."
    >
      {(view) => <OpenIncident view={view} />}
    </WithIncident>
  );
}

function OpenIncident({ view }: { readonly view: IncidentView }) {
  const { incident } = view;
  return (
    <Page title={incident.title} aside={incident.status === 'closed' ? 'closed' : undefined}>
      <Card label="About it">
        <Facts facts={factsOf(view)} />
      </Card>
      <RecoverySection view={view} />
      <Closing view={view} />
    </Page>
  );
}

function factsOf({ incident, version, people }: IncidentView) {
  const { zone } = incident;
  return [
    {
      name: 'What it is',
      value: `${modeWords[incident.mode]}${incident.mode === 'exercise' ? ', not real' : ''} · ${severityWords[incident.severity]}`,
    },
    { name: 'Code, to say over a radio', value: <strong>{incident.code}</strong> },
    { name: 'Began, T0', value: fullTime(incident.startedAt, zone) },
    ...(incident.declaredBy == null ? [] : [{ name: 'Activated by', value: nameOf(people, incident.declaredBy) }]),
    {
      name: 'Plan',
      value: (
        <>
          version {version.version.number} · <ThreeWordsOf hash={version.hash} />
        </>
      ),
    },
    ...(incident.closedAt == null ? [] : [{ name: 'Closed', value: fullTime(incident.closedAt, zone) }]),
  ];
}

function Closing({ view }: { readonly view: IncidentView }) {
  const [asking, setAsking] = useState(false);
  const closed = view.incident.status === 'closed';
  const what = view.incident.mode === 'exercise' ? 'exercise' : 'incident';
  const open = view.plan.tasks.filter(
    ({ id }) => !isFinal(view.records.progress.get(id)?.status ?? 'not-started'),
  ).length;
  return (
    <Stack close>
      <GroupTitle>{closed ? 'Closed' : 'Closing'}</GroupTitle>
      {closed ? (
        <Banner title={`This ${what} is closed.`}>
          Nothing of it is late any more. Reports are still taken into its log.
        </Banner>
      ) : (
        <p>
          {open === 0 ? 'No task is open.' : `${open} ${open === 1 ? 'task is' : 'tasks are'} open.`} Closing ends the
          clock; everything stays to be read, and it can be opened again.
        </p>
      )}
      {closed ? <StillActive /> : null}
      {commands(view) ? (
        <Button onClick={() => setAsking(true)}>{closed ? `Reopen the ${what}…` : `Close the ${what}…`}</Button>
      ) : (
        <p>A coordinator, or who commands, {closed ? 'reopens' : 'closes'} it.</p>
      )}
      {asking ? <CloseDialog view={view} openTasks={open} onClose={() => setAsking(false)} /> : null}
    </Stack>
  );
}
