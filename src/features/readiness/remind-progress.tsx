import { useEffect, useRef, useState } from 'react';
import { openPoints } from '../../domain/readiness/reminder.ts';
import { counted } from '../../parts/amount-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { serverFaultWords } from '../../parts/server-fault-words.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { ActionRow } from '../../ui/stack.tsx';
import { personName } from './person-name.ts';
import type { ReadinessView } from './readiness-page.tsx';
import { resultWords } from './reminder-words.ts';
import { batchesOf, resultsOf, sendReminders, toTryAgain, type Batch } from './send-reminders.ts';
import styles from './readiness.module.css';

type RemindProgressProps = {
  readonly view: ReadinessView;
  readonly first: readonly Batch[];
  readonly onBack: () => void;
};

/** Sends, and shows what comes of it for each person as it is known. */
export function RemindProgress({ view, first, onBack }: RemindProgressProps) {
  const { clock, random } = usePorts();
  const { batches, busy, start } = useReminding(first);
  const results = resultsOf(batches);
  const asked = new Set(batches.flatMap(({ people }) => people.map(({ person }) => person)));
  const listed = view.people.filter(({ person }) => asked.has(person));
  const waiting = new Set(results.flatMap(({ person, result }) => (result === 'waiting' ? [person] : [])));
  const told = new Set(results.map(({ person }) => person));
  const failed = batches.find(({ state }) => state.tag === 'failed');
  const again = toTryAgain(batches);
  const tryAgain = () => {
    const people = listed.filter(({ person }) => again.has(person));
    const more = people.map((person) => ({ person, points: openPoints(person), ways: [], remindedAt: null }));
    start([...batches, ...batchesOf(more, false, clock, random)]);
  };
  return (
    <Page title={busy ? 'Reminding' : 'Reminded'}>
      <div role="status">
        <ProgressBar label="Done" done={[...told].filter((person) => !waiting.has(person)).length} of={asked.size} />
        {busy ? <p>Stay on this screen until all are through; what was taken is sent all the same.</p> : null}
      </div>
      {busy || failed?.state.tag !== 'failed' ? null : (
        <Banner
          tone="late"
          icon="warning"
          title="Not everything was asked of the server."
          action={
            <Button fit onClick={() => start(batches)}>
              Try again
            </Button>
          }
        >
          {serverFaultWords(failed.state.fault)}
        </Banner>
      )}
      <ul role="list" className={styles.roles} aria-label="What came of it">
        {listed.map((person) => (
          <li key={person.person} className={styles.line}>
            <div>
              <strong>{personName(person)}</strong>
              {latestOf(results, person.person).map((each) => (
                <small key={each.way ?? each.result}>{resultWords(each)}</small>
              ))}
              {told.has(person.person) ? null : <small>Waits</small>}
            </div>
          </li>
        ))}
      </ul>
      {busy ? null : (
        <ActionRow broad>
          {again.size === 0 ? null : (
            <Button kind="primary" onClick={tryAgain}>
              {`Try ${counted(again.size, 'person', 'people')} again`}
            </Button>
          )}
          <Button onClick={onBack}>Done</Button>
        </ActionRow>
      )}
    </Page>
  );
}

/** Of each way the last: a try that failed is told no more once there is another. */
function latestOf(results: ReturnType<typeof resultsOf>, person: string) {
  return [...new Map(results.filter((each) => each.person === person).map((each) => [each.way, each])).values()];
}

const askEvery = 1500;

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, askEvery);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function useReminding(first: readonly Batch[]) {
  const { server } = usePorts();
  const [batches, setBatches] = useState(first);
  const [run, setRun] = useState(0);
  const [busy, setBusy] = useState(true);
  const latest = useRef(batches);
  useEffect(() => {
    const life = new AbortController();
    const onBatch = (done: Batch) => {
      latest.current = latest.current.map((each) => (each.request === done.request ? done : each));
      if (!life.signal.aborted) setBatches(latest.current);
    };
    void sendReminders(server, latest.current, onBatch, pause, life.signal).then(() => {
      if (!life.signal.aborted) setBusy(false);
    });
    return () => life.abort();
  }, [server, run]);
  const start = (next: readonly Batch[]) => {
    latest.current = next;
    setBatches(next);
    setBusy(true);
    setRun(run + 1);
  };
  return { batches, busy, start };
}
