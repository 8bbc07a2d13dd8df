import { useState } from 'react';
import { Link } from 'wouter';
import { recoveryOf, type Recovery } from '../../domain/incident/recovery.ts';
import type { Approval } from '../../domain/incident/incident.ts';
import { recordKey } from '../../domain/sync/kinds.ts';
import { maySignOff } from '../../parts/commands.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { roleTitle } from '../../parts/role-badge.tsx';
import { statusWords } from '../../parts/status-words.ts';
import { whenWords } from '../../parts/time-words.ts';
import { useRecord } from '../../parts/use-live.ts';
import { nameOf } from '../../parts/use-people.ts';
import { useNow } from '../../parts/use-now.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { Stack } from '../../ui/stack.tsx';
import { StatusIcon } from '../../ui/status-icon.tsx';
import { SignOffDialog } from './sign-off-dialog.tsx';
import styles from './incident.module.css';

/** Declaring recovery: the tests that must be final, then the sign-off of the role that the plan names. */
export function RecoverySection({ view }: { readonly view: IncidentView }) {
  const [asking, setAsking] = useState(false);
  const header = view.plan.header;
  const approval = useRecord('approval', header === null ? null : recordKey(view.id, header.recoverySignOff));
  if (header === null || approval === undefined) return null;
  const recovery = recoveryOf(view.plan, view.records.progress, approval?.value ?? null);
  const { openTests, declared } = recovery;
  const tests = header.recoveryTests;
  const signer = roleTitle(view.plan, header.recoverySignOff);
  return (
    <Stack close>
      <GroupTitle
        aside={tests.length === 0 ? undefined : `${tests.length - openTests.length} of ${tests.length} tests`}
      >
        Recovery
      </GroupTitle>
      {declared && approval?.value != null ? (
        <Declared view={view} approval={approval.value} signer={signer} />
      ) : (
        <p>{neededWords(recovery, signer)}</p>
      )}
      <ul role="list" className={styles.tests}>
        {tests.map((code) => {
          const status = view.records.progress.get(code)?.status ?? 'not-started';
          return (
            <li key={code}>
              <Link href={`/checklist/${code}`} className={styles.test}>
                <StatusIcon status={status} />
                <span>
                  <strong>{code}</strong> {view.plan.taskByCode.get(code)?.title ?? ''}{' '}
                  <small className={styles.quiet}>{statusWords[status]}</small>
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
      {!declared && openTests.length === 0 && view.incident.status === 'active' && maySignOff(view) ? (
        <Button kind="primary" onClick={() => setAsking(true)}>
          Declare recovery…
        </Button>
      ) : null}
      {asking ? <SignOffDialog view={view} shown={approval} onClose={() => setAsking(false)} /> : null}
    </Stack>
  );
}

function Declared({
  view,
  approval,
  signer,
}: {
  readonly view: IncidentView;
  readonly approval: Approval;
  readonly signer: string;
}) {
  const now = useNow();
  return (
    <Banner tone="good" icon="check" title={`Recovery declared ${whenWords(approval.at, view.incident.zone, now)}.`}>
      {[approval.by === null ? null : nameOf(view.people, approval.by), signer, approval.note || null]
        .filter((part) => part !== null)
        .join(' · ')}
    </Banner>
  );
}

function neededWords({ openTests }: Recovery, signer: string): string {
  if (openTests.length === 0) return `Every test is final. It needs the sign-off of: ${signer}.`;
  const tests = openTests.length === 1 ? 'this test is done' : 'these tests are done';
  return `Recovery can be declared when ${tests}, by: ${signer}.`;
}
