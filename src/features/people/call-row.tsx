import type { TreeCall } from '../../domain/communication/call-tree.ts';
import type { ContactResult, ContactResultWord } from '../../domain/communication/contact-test.ts';
import { contactWords } from '../../domain/communication/contact-words.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { day, millis, type Millis } from '../../domain/time.ts';
import { Ways } from '../../parts/holder-ways.tsx';
import { roleTitle } from '../../parts/role-badge.tsx';
import { daysAgoWords } from '../../parts/time-words.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { calleeMeans, calleeName } from '../../parts/callee-ways.ts';
import type { PeopleView } from './people-page.tsx';
import { ResultButtons } from './result-buttons.tsx';
import type { RecordCall } from './use-record-call.ts';
import styles from './people.module.css';

type CallRowProps = {
  readonly view: PeopleView;
  readonly plan: Plan;
  readonly call: TreeCall;
  /** Of the open test, else of the last one. */
  readonly result: ContactResult | null;
  /** Null where this person puts nothing down. */
  readonly onResult: RecordCall | null;
  readonly now: Millis;
};

const marks: Readonly<Record<ContactResultWord, string>> = { reached: '✓', 'not-reached': '✕', 'message-left': '◐' };
const deepest = 6;

/** One call of the tree; opened it shows the numbers, and in a test what can be put down. */
export function CallRow({ view, plan, call, result, onResult, now }: CallRowProps) {
  const { callee, role, place, level } = call;
  const name = calleeName(view, callee);
  const said =
    result === null
      ? onResult === null
        ? 'never called in a test'
        : 'not called yet'
      : `${contactWords[result.result]} ${daysAgoWords(Math.floor((now - millis(result.at)) / day))}`;
  return (
    <div className={styles.call} data-level={Math.min(level, deepest)}>
      <Disclosure
        summary={
          <span className={styles.callWords}>
            <span>
              <strong>{name}</strong>
              {callee.person === view.me.person ? ' (you)' : ''} · {roleTitle(plan, role)}
              {place === 0 ? '' : ', deputy'}
            </span>
            <small>
              <span aria-hidden="true">{result === null ? '○' : marks[result.result]} </span>
              {said} · {callerWords(view, call)}
            </small>
          </span>
        }
      >
        <Ways means={calleeMeans(plan, view.people, callee)} />
        {onResult === null ? null : (
          <ResultButtons name={name} onResult={(word) => onResult(call, word, result?.means ?? null)} />
        )}
      </Disclosure>
    </div>
  );
}

/** Who makes the call, and in whose place. */
export function callerWords(view: PeopleView, { caller, insteadOf }: TreeCall): string {
  const by = caller === null ? 'called by whoever starts' : `called by ${calleeName(view, caller)}`;
  return insteadOf === null ? by : `${by} instead of ${calleeName(view, insteadOf)}, who was not reached`;
}
