import { useState } from 'react';
import type { TreeCall } from '../../domain/communication/call-tree.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { keyed } from '../../parts/keyed.ts';
import { roleTitle, vestOf } from '../../parts/role-badge.tsx';
import { WayToReach } from '../../parts/way-to-reach.tsx';
import { Card } from '../../ui/card.tsx';
import { calleeMeans, calleeName } from '../../parts/callee-ways.ts';
import { callerWords } from './call-row.tsx';
import { ResultButtons } from './result-buttons.tsx';
import type { PeopleView } from './people-page.tsx';
import type { RecordCall } from './use-record-call.ts';
import styles from './people.module.css';

type CallCardProps = {
  readonly view: PeopleView;
  readonly plan: Plan;
  readonly call: TreeCall;
  readonly onResult: RecordCall;
};

/** The next call of the test: whom, by which numbers, and what came of it with one press. */
export function CallCard({ view, plan, call, onResult }: CallCardProps) {
  const [used, setUsed] = useState<string | null>(null);
  const name = calleeName(view, call.callee);
  const means = calleeMeans(plan, view.people, call.callee);
  return (
    <Card band={vestOf(plan, call.role)} label={`Next call: ${name}`}>
      <div>
        <h2 className={styles.callee}>Call {name}</h2>
        <p>
          {roleTitle(plan, call.role)} · {callerWords(view, call)}
        </p>
      </div>
      {means.length === 0 ? <p>No number is known. Put down “Not reached”, and add a number in the plan.</p> : null}
      <ul role="list" className={styles.contacts}>
        {keyed(means, ({ value }) => value).map(({ key, member }) => (
          <li key={key}>
            <WayToReach means={member} onOpen={() => setUsed(member.type)} />
          </li>
        ))}
      </ul>
      <ResultButtons name={name} onResult={(result) => onResult(call, result, used ?? means[0]?.type ?? null)} />
    </Card>
  );
}
