import { useEffect, useRef, useState } from 'react';
import { csvLine } from '../../domain/csv-line.ts';
import { counted } from '../../parts/amount-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { serverFaultWords } from '../../parts/server-fault-words.ts';
import { useWrittenFile } from '../../parts/written-file.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { ActionRow, RowList, Stack } from '../../ui/stack.tsx';
import { JoinSheets } from './join-sheets.tsx';
import { MadeCode } from './made-code.tsx';
import { makeInvites, type Making } from './make-invites.ts';
import { Pane } from './pane.tsx';
import { slipWords } from './slip-words.ts';
import type { PeopleView } from './people-page.tsx';
import styles from './people.module.css';

type SeveralMadeProps = {
  readonly view: PeopleView;
  readonly first: readonly Making[];
  readonly days: number;
  readonly onNext: () => void;
};

/** Makes the codes, shows each as it comes, and hands them on: as links, on paper, as a file. */
export function SeveralMade({ view, first, days, onNext }: SeveralMadeProps) {
  const { all, busy, again } = useMaking(first, days);
  const { write, said } = useWrittenFile();
  // once asked for, the sheets stay: some browsers read the page only after `print` has returned
  const [prints, setPrints] = useState(0);
  const made = all.flatMap(({ who, state }) => (state.tag === 'made' ? [{ who, invite: state.invite }] : []));
  const faults = all.flatMap(({ state }) => (state.tag === 'failed' ? [serverFaultWords(state.fault)] : []));
  // what is so for all of them is said once
  const same = new Set(faults).size === 1 ? (faults[0] ?? null) : null;
  useEffect(() => {
    if (prints > 0) window.print();
  }, [prints]);
  const save = () => {
    const rows = made.map(({ who, invite }) => slipWords(view, who, invite));
    const csv = [['Name', 'Access', 'Roles', 'Link', 'Code', 'Works until'], ...rows].map(csvLine);
    write({ name: 'holdfast-invites.csv', type: 'text/csv', text: csv.join('') });
  };
  return (
    <>
      <div className={styles.onScreen}>
        <Pane title={busy ? 'Making the codes' : `${counted(made.length, 'code')} made`}>
          <ProgressBar label="Made" done={made.length} of={all.length} />
          {faults.length === 0 || busy ? null : (
            <Banner
              tone="late"
              icon="warning"
              title={`${counted(all.length - made.length, 'code')} not made.`}
              action={
                <Button fit onClick={again}>
                  Try again
                </Button>
              }
            >
              {same ?? 'Why stands below, with each.'}
            </Banner>
          )}
          {busy || made.length === 0 ? null : (
            <Stack close>
              <p>
                <strong>These codes are not shown again.</strong> Print, save or send them now; each works once.
              </p>
              <ActionRow broad>
                <Button kind="primary" icon="print" onClick={() => setPrints(prints + 1)}>
                  Print join sheets
                </Button>
                <Button onClick={save}>Save as CSV</Button>
              </ActionRow>
              {said}
            </Stack>
          )}
          <RowList label="Codes">
            {all.map(({ who, request, state }) => (
              <li key={request}>
                <Card label={who.name}>
                  <strong>{who.name}</strong>
                  {state.tag === 'made' ? <MadeCode name={who.name} invite={state.invite} /> : null}
                  {state.tag === 'waiting' ? <p>Waits</p> : null}
                  {state.tag === 'failed' ? (
                    <p>Not made yet{same === null ? `. ${serverFaultWords(state.fault)}` : ''}</p>
                  ) : null}
                </Card>
              </li>
            ))}
          </RowList>
          {busy ? null : <Button onClick={onNext}>Invite more people</Button>}
          <ButtonLink kind="quiet" href="/people/invites">
            All invites
          </ButtonLink>
        </Pane>
      </div>
      {prints > 0 ? <JoinSheets view={view} slips={made} /> : null}
    </>
  );
}

function useMaking(first: readonly Making[], days: number) {
  const { server } = usePorts();
  const [all, setAll] = useState(first);
  const [run, setRun] = useState(0);
  const [busy, setBusy] = useState(true);
  const latest = useRef(all);
  useEffect(() => {
    const life = new AbortController();
    const onDone = (request: string, state: Making['state']) => {
      latest.current = latest.current.map((each) => (each.request === request ? { ...each, state } : each));
      if (!life.signal.aborted) setAll(latest.current);
    };
    void makeInvites(server, latest.current, days, onDone, life.signal).then(() => {
      if (!life.signal.aborted) setBusy(false);
    });
    return () => life.abort();
  }, [server, days, run]);
  const again = () => {
    setBusy(true);
    setRun(run + 1);
  };
  return { all, busy, again };
}
