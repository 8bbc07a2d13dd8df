import type { SelfTestProgress } from '../../domain/ports/self-test.ts';
import type { SelfTestCheck } from '../../domain/readiness/self-test.ts';
import { Card } from '../../ui/card.tsx';
import { Mark } from './mark.tsx';
import { testNames, testWords } from './test-words.ts';
import styles from './readiness.module.css';

/** One check of the test: its name, how it ended and what to do. */
export function TestStep({ check, step }: { readonly check: SelfTestCheck; readonly step: SelfTestProgress | null }) {
  const outcome = step?.outcome ?? null;
  const words = outcome === null ? null : testWords(outcome);
  const state = step === null ? 'not yet' : outcome === null ? 'testing…' : stateWords[outcome.state];
  return (
    <Card label={testNames[check]}>
      <div className={styles.step}>
        <Mark colour={outcome === null ? 'unknown' : colours[outcome.state]} />
        <div>
          <p>
            <strong>{testNames[check]}</strong>: {state}
          </p>
          {words === null ? null : <p>{words.said}</p>}
          {words === null || words.todo === null ? null : (
            <p>
              <strong>What to do:</strong> {words.todo}
            </p>
          )}
        </div>
      </div>
    </Card>
  );
}

const stateWords = { passed: 'passed', remark: 'works, but know this', failed: 'failed' } as const;
const colours = { passed: 'green', remark: 'amber', failed: 'red' } as const;
