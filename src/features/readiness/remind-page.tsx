import { useMemo, useState } from 'react';
import { NotAsked } from './not-asked.tsx';
import type { KnownReminders } from '../../domain/ports/server-api.ts';
import { remindWhom, type RemindWhom, type ToRemind } from '../../domain/readiness/remind-whom.ts';
import { pointsInShort, reminderText } from '../../domain/readiness/reminder-text.ts';
import { counted } from '../../parts/amount-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { useStepUp } from '../../parts/step-up.tsx';
import { BackLink } from '../../ui/back-link.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { CheckField } from '../../ui/field.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { Page } from '../../ui/page.tsx';
import { Stack } from '../../ui/stack.tsx';
import { personName } from './person-name.ts';
import type { ReadinessView } from './readiness-page.tsx';
import { RemindProgress } from './remind-progress.tsx';
import { byWays, remindedWords } from './reminder-words.ts';
import { batchesOf, type Batch } from './send-reminders.ts';
import styles from './readiness.module.css';
import { Means } from './what-to-do.tsx';

/** Reminds one person, or everybody whose phone is not ready: first who gets what by which way, then what came of it. */
export function RemindPage({ view, only }: { readonly view: ReadinessView; readonly only: string | null }) {
  const { known, fault, asking, askAgain } = view.reminders;
  const [sending, setSending] = useState<readonly Batch[] | null>(null);
  if (sending !== null) {
    const back = () => {
      setSending(null);
      askAgain();
    };
    return <RemindProgress view={view} first={sending} onBack={back} />;
  }
  return (
    <Page title="Remind">
      <BackLink href={only === null ? '/readiness' : `/readiness/person/${only}`}>
        {only === null ? 'Readiness' : 'Back'}
      </BackLink>
      {fault === null ? null : (
        <NotAsked
          title="The server sends reminders, and it can’t be asked just now."
          fault={fault}
          asking={asking}
          onAgain={askAgain}
        />
      )}
      {known === undefined ? (
        fault === null ? (
          <p role="status">Asking the server…</p>
        ) : null
      ) : known.ways.length === 0 ? (
        <NoWays />
      ) : (
        <Choose view={view} known={known} only={only} onSend={setSending} />
      )}
    </Page>
  );
}

function NoWays() {
  return (
    <Banner title="This server sends no reminders.">
      Whoever runs it can name a mail server (SMTP_URL) or a key for notifications (VAPID_PRIVATE_KEY). Until then call,
      text, or print the card.
    </Banner>
  );
}

type ChooseProps = {
  readonly view: ReadinessView;
  readonly known: KnownReminders;
  readonly only: string | null;
  readonly onSend: (batches: readonly Batch[]) => void;
};

function Choose({ view, known, only, onSend }: ChooseProps) {
  const { people, roster, me } = view;
  const { clock, random } = usePorts();
  const stepUp = useStepUp();
  const [again, setAgain] = useState(false);
  const whom = useMemo(() => {
    const asked = people.filter(({ person }) => (only === null ? person !== me.person : person === only));
    return remindWhom(asked, known, roster.now);
  }, [people, known, roster.now, only, me.person]);
  const chosen = [...whom.now, ...(again ? whom.lately : [])];
  const send = async () => {
    if (await stepUp(`${counted(chosen.length, 'person', 'people')} will get a reminder.`))
      onSend(batchesOf(chosen, again, clock, random));
  };
  if (whom.now.length + whom.lately.length + whom.noWay.length === 0)
    return <EmptyState title="Nobody has anything open.">There is nothing to remind of.</EmptyState>;
  return (
    <>
      <Group title="Get a reminder" all={whom.now} view={view} known={known} />
      <Lately whom={whom} again={again} onAgain={setAgain} view={view} known={known} />
      {chosen.length === 0 ? null : <WhatTheyGet of={chosen} />}
      <Button kind="primary" icon="communications" disabled={chosen.length === 0} onClick={() => void send()}>
        {chosen.length === 0 ? 'Nobody to remind' : `Remind ${counted(chosen.length, 'person', 'people')}`}
      </Button>
      <NoWay all={whom.noWay} view={view} known={known} />
    </>
  );
}

type GroupProps = Pick<ChooseProps, 'view' | 'known'> & {
  readonly title: string;
  readonly all: readonly ToRemind[];
};

function Group({ title, all, view, known }: GroupProps) {
  if (all.length === 0) return null;
  return (
    <Stack close>
      <GroupTitle aside={counted(all.length, 'person', 'people')}>{title}</GroupTitle>
      <ul role="list" className={styles.roles} aria-label={title}>
        {all.map(({ person, points, ways }) => (
          <li key={person.person} className={styles.line}>
            <div>
              <strong>{personName(person)}</strong> {byWays(ways)}: {pointsInShort(points)}
              <small>{remindedWords(known.latest, person.person, view.roster.now) ?? 'not reminded yet'}</small>
            </div>
          </li>
        ))}
      </ul>
    </Stack>
  );
}

type LatelyProps = Pick<ChooseProps, 'view' | 'known'> & {
  readonly whom: RemindWhom;
  readonly again: boolean;
  readonly onAgain: (again: boolean) => void;
};

function Lately({ whom: { lately }, again, onAgain, view, known }: LatelyProps) {
  if (lately.length === 0) return null;
  return (
    <>
      <Group title="Reminded within six hours" all={lately} view={view} known={known} />
      <CheckField
        label={lately.length === 1 ? 'Remind them all the same' : 'Remind these all the same'}
        hint="Otherwise they are left alone for now."
        checked={again}
        onChecked={onAgain}
      />
    </>
  );
}

/** The very words, for the one who has most to do; the others get fewer of them. */
function WhatTheyGet({ of }: { readonly of: readonly ToRemind[] }) {
  const [longest] = [...of].sort((a, b) => b.points.length - a.points.length);
  if (longest === undefined) return null;
  const { title, body } = reminderText(longest.points, window.location.origin);
  return (
    <Disclosure summary={of.length === 1 ? 'What they get' : `What ${personName(longest.person)} gets`}>
      <Stack close>
        <strong>{title}</strong>
        {body.split('\n\n').map((line) => (
          <p key={line}>{line}</p>
        ))}
      </Stack>
    </Disclosure>
  );
}

function NoWay({ all, view, known }: Omit<GroupProps, 'title'>) {
  if (all.length === 0) return null;
  return (
    <Stack close>
      <GroupTitle aside={counted(all.length, 'person', 'people')}>No way from here</GroupTitle>
      <p>
        {known.ways.includes('mail') ? 'No e-mail address is known of them' : 'This server sends no e-mail'}
        {known.ways.includes('push') ? ', and no phone of theirs takes notifications' : ''}. Call, text, or print the
        card.
      </p>
      <ul role="list" className={styles.roles} aria-label="No way from here">
        {all.map(({ person }) => (
          <li key={person.person} className={styles.line}>
            <div>
              <strong>{personName(person)}</strong>
              <Means
                view={view}
                person={person}
                findings={person.findings.filter(({ colour }) => colour === 'red' || colour === 'amber')}
              />
            </div>
          </li>
        ))}
      </ul>
    </Stack>
  );
}
