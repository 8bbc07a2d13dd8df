import { useMemo, useState } from 'react';
import { callTree, type TreeCall } from '../../domain/communication/call-tree.ts';
import { countedResults, resultsOf } from '../../domain/communication/contact-results.ts';
import type { ContactTest } from '../../domain/communication/contact-test.ts';
import type { Shown } from '../../domain/ports/records.ts';
import { uuid7, uuid7Bytes } from '../../domain/sync/uuid7.ts';
import { instant } from '../../domain/time.ts';
import { usePorts } from '../../parts/ports.tsx';
import { whenWords } from '../../parts/time-words.ts';
import { believedNow, useNow } from '../../parts/use-now.ts';
import { usePlanVersions } from '../../parts/use-plan-versions.ts';
import { useWrite } from '../../parts/use-write.ts';
import { useZone } from '../../parts/use-zone.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { RowList, Stack } from '../../ui/stack.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { CallCard } from './call-card.tsx';
import { CallRow } from './call-row.tsx';
import { Pane } from './pane.tsx';
import type { PeopleView } from './people-page.tsx';
import { useContactTests, type ContactTests } from './use-contact-tests.ts';
import { useRecordCall } from './use-record-call.ts';

/** The call tree: who calls whom; and the test that walks it, on one phone and without a network. */
export function ContactTestPane({ view }: { readonly view: PeopleView }) {
  const tests = useContactTests();
  if (tests === undefined) return null;
  if (view.plan === null) {
    return (
      <Pane title="Call tree">
        <EmptyState title="No plan on this device yet.">
          Who calls whom comes from its roles and their holders.
        </EmptyState>
      </Pane>
    );
  }
  return <Tree view={view} plan={view.plan} tests={tests} />;
}

function Tree({
  view,
  plan,
  tests,
}: {
  readonly view: PeopleView;
  readonly plan: NonNullable<PeopleView['plan']>;
  readonly tests: ContactTests;
}) {
  const { open, ended, results, last } = tests;
  const walks = view.me.access === 'coordinator';
  const now = useNow();
  const found = useMemo(() => resultsOf(results, open?.key ?? ''), [results, open]);
  const words = useMemo(() => new Map([...found].map(([id, { result }]) => [id, result] as const)), [found]);
  const calls = useMemo(() => callTree(plan, view.granted, words), [plan, view.granted, words]);
  const record = useRecordCall(view, tests, open?.key ?? '');
  const next = calls.find(({ callee }) => !found.has(callee.id));
  if (calls.length === 0) {
    return (
      <Pane title="Call tree">
        <EmptyState title="There is nobody to call yet." action={<ButtonLink href="/plan">Open the plan</ButtonLink>}>
          Name holders of the roles in the plan, or invite people with a role.
        </EmptyState>
      </Pane>
    );
  }
  const row = (call: TreeCall) => (
    <li key={call.callee.id}>
      <CallRow
        view={view}
        plan={plan}
        call={call}
        result={open === null ? (last.get(call.callee.id) ?? null) : (found.get(call.callee.id) ?? null)}
        onResult={walks && open !== null ? record : null}
        now={now}
      />
    </li>
  );
  return (
    <Pane title="Call tree">
      {open === null ? (
        <StartTest view={view} />
      ) : (
        <OpenTest test={open} found={found.size} of={calls.length} counted={countedResults(found)} walks={walks} />
      )}
      {open !== null && walks && next !== undefined ? (
        <CallCard key={next.callee.id} view={view} plan={plan} call={next} onResult={record} />
      ) : null}
      <Stack close>
        <GroupTitle aside={`${calls.length} to call`}>Who calls whom</GroupTitle>
        <RowList label="Who calls whom">{calls.map(row)}</RowList>
        <ButtonLink href="/print" icon="print">
          Print it: choose “Call tree”
        </ButtonLink>
      </Stack>
      {ended.length === 0 ? null : <EndedTests tests={tests} />}
    </Pane>
  );
}

function StartTest({ view }: { readonly view: PeopleView }) {
  const { clock, sync, random } = usePorts();
  const newest = usePlanVersions()?.[0] ?? null;
  const write = useWrite();
  const [busy, setBusy] = useState(false);
  if (view.me.access !== 'coordinator')
    return <Banner title="A coordinator starts a contact test.">What came of it shows here.</Banner>;
  const start = async () => {
    setBusy(true);
    const now = believedNow(clock, sync);
    const value: ContactTest = {
      startedAt: instant(now),
      endedAt: null,
      plan: view.incident?.version.hash ?? newest?.hash ?? null,
      incident: view.incident?.incident.status === 'active' ? view.incident.id : null,
      by: view.me.person,
    };
    await write([{ kind: 'contact-test', key: uuid7(now, random.bytes(uuid7Bytes)), value, shown: null }]);
    setBusy(false);
  };
  return (
    <>
      <p>
        A contact test calls everybody once, from the top down, and puts down who was reached. It works without a
        network.
      </p>
      <Button kind="primary" disabled={busy} onClick={() => void start()}>
        Start a contact test
      </Button>
    </>
  );
}

function OpenTest({
  test,
  found,
  of,
  counted,
  walks,
}: {
  readonly test: Shown<'contact-test'>;
  readonly found: number;
  readonly of: number;
  readonly counted: string;
  readonly walks: boolean;
}) {
  const { clock, sync } = usePorts();
  const write = useWrite();
  const toast = useToast();
  const zone = useZone();
  const now = useNow();
  const { value } = test;
  if (value === null) return null;
  const end = async () => {
    const ended = { ...value, endedAt: instant(believedNow(clock, sync)) };
    const saved = await write([{ kind: 'contact-test', key: test.key, value: ended, shown: test }]);
    const change = saved?.[0]?.change;
    if (change === undefined) return;
    const undo = () => void write([{ kind: 'contact-test', key: test.key, value, shown: { change, stamp: null } }]);
    toast({ words: 'The contact test is ended', action: { label: 'Undo', onPress: undo } });
  };
  return (
    <Stack close>
      <ProgressBar
        label="Contact test"
        detail={`begun ${whenWords(value.startedAt, zone, now)}${counted === '' ? '' : ` · ${counted}`}`}
        done={found}
        of={of}
      />
      {walks ? <Button onClick={() => void end()}>{found < of ? 'End it here' : 'End the test'}</Button> : null}
    </Stack>
  );
}

function EndedTests({ tests: { ended, results } }: { readonly tests: ContactTests }) {
  const zone = useZone();
  const now = useNow();
  return (
    <Stack close>
      <GroupTitle aside={`${ended.length}`}>Tests before</GroupTitle>
      <ul role="list">
        {ended.map(({ key, value }) => (
          <li key={key}>
            {value === null ? null : (
              <p>
                <strong>{whenWords(value.startedAt, zone, now)}</strong>:{' '}
                {countedResults(resultsOf(results, key)) || 'nobody was called'}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Stack>
  );
}
