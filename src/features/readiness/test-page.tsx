import { useState } from 'react';
import { heldRoles } from '../../domain/incident/held-roles.ts';
import type { SelfTestProgress } from '../../domain/ports/self-test.ts';
import { failedChecks, selfTestChecks, type SelfTestResult } from '../../domain/readiness/self-test.ts';
import { usePorts } from '../../parts/ports.tsx';
import { useDeviceWord } from '../../parts/use-device-word.ts';
import { useMe } from '../../parts/use-me.ts';
import { usePhoneReport } from '../../parts/use-phone-report.ts';
import { usePlan, usePlanVersions } from '../../parts/use-plan-versions.ts';
import { useAnnounce } from '../../ui/announcer.tsx';
import { BackLink } from '../../ui/back-link.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { RowList } from '../../ui/stack.tsx';
import { TestStep } from './test-step.tsx';

/** One press, with or without a network: does this phone do what it will be needed for? */
export function TestPage() {
  const word = useDeviceWord();
  const { steps, result, kept, running, run } = useSelfTest();
  const me = useMe();
  if (me == null) return null;
  return (
    <Page title={`Test this ${word}`}>
      <BackLink href="/settings">Settings</BackLink>
      <p>
        Takes some seconds and needs no network. It opens the plan, writes and reads back a note, looks whether the
        whole app is here, and sets your card as it would be printed. Nothing you have is changed.
      </p>
      <Button kind="primary" icon="check" disabled={running} onClick={() => void run()}>
        {running ? 'Testing…' : result === null ? 'Test now' : 'Test again'}
      </Button>
      {result === null ? null : <Verdict result={result} word={word} />}
      {steps.length === 0 ? null : (
        <RowList label="What was tested">
          {selfTestChecks.map((check) => (
            <li key={check}>
              <TestStep check={check} step={steps.find((each) => each.check === check) ?? null} />
            </li>
          ))}
        </RowList>
      )}
      {result === null ? null : (
        <p>
          {kept
            ? 'The result is saved here and goes to your coordinator with the next connection.'
            : 'The result stays on this screen: this device reports to nobody.'}
        </p>
      )}
    </Page>
  );
}

function Verdict({ result, word }: { readonly result: SelfTestResult; readonly word: string }) {
  const failed = failedChecks(result.outcomes).length;
  const remarks = result.outcomes.filter(({ state }) => state === 'remark').length;
  if (failed > 0) {
    return (
      <Banner tone="late" icon="warning" title={`This ${word} is not ready.`}>
        {failed} of {result.outcomes.length} checks failed. Below stands what to do.
      </Banner>
    );
  }
  return (
    <Banner tone="good" icon="check" title={`This ${word} is ready.`}>
      {remarks === 0
        ? 'Everything works, also without a network.'
        : 'Everything works, also without a network. One thing to know stands below.'}
    </Banner>
  );
}

/** Runs the test and adds its result to what this phone reports. */
function useSelfTest() {
  const { selfTest } = usePorts();
  const me = useMe();
  const plan = usePlan(usePlanVersions()?.[0]);
  const report = usePhoneReport();
  const announce = useAnnounce();
  const [steps, setSteps] = useState<readonly SelfTestProgress[]>([]);
  const [result, setResult] = useState<SelfTestResult | null>(null);
  const [kept, setKept] = useState(false);
  const [running, setRunning] = useState(false);
  const run = async () => {
    setRunning(true);
    setSteps([]);
    setResult(null);
    const own = me == null || plan === null ? [] : heldRoles(plan, me.person, me.roles, []);
    const test = await selfTest();
    const done = await test.run(own[0] ?? null, (progress) =>
      setSteps((before) => [...before.filter(({ check }) => check !== progress.check), progress]),
    );
    const failed = failedChecks(done.outcomes);
    setKept(await report((before) => ({ ...before, selfTest: { at: done.at, failed } })));
    setResult(done);
    setRunning(false);
    announce(failed.length === 0 ? 'The test passed' : `${failed.length} checks failed`);
  };
  return { steps, result, kept, running, run };
}
