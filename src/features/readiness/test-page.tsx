import { useState } from 'react';
import { heldRoles } from '../../domain/incident/held-roles.ts';
import type { SelfTestProgress } from '../../domain/ports/self-test.ts';
import { failedChecks, selfTestChecks, type SelfTestResult } from '../../domain/readiness/self-test.ts';
import { counted } from '../../parts/amount-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { useDeviceWord } from '../../parts/use-device-word.ts';
import { useMe, type Me } from '../../parts/use-me.ts';
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
  const { steps, result, kept, running, broke, run } = useSelfTest();
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
      {broke ? (
        <Banner
          tone="late"
          icon="warning"
          title="The test could not be done."
          action={
            <Button fit onClick={() => void run()}>
              Try again
            </Button>
          }
        >
          It broke off, and nothing was saved of it. If it does so again, close Holdfast fully and open it again.
        </Banner>
      ) : null}
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
      {result === null ? null : <p>{keptWords(kept, me)}</p>}
    </Page>
  );
}

function keptWords(kept: boolean, { sends }: Me): string {
  if (kept) return 'The result is saved here and goes to your coordinator with the next connection.';
  return sends
    ? 'The result could not be saved, so your coordinator does not get it. Test again once there is room.'
    : 'The result stays on this screen: this device reports to nobody.';
}

function Verdict({ result, word }: { readonly result: SelfTestResult; readonly word: string }) {
  const failed = failedChecks(result.outcomes).length;
  const remarks = result.outcomes.filter(({ state }) => state === 'remark').length;
  if (failed > 0) {
    return (
      <Banner tone="late" icon="warning" title={`This ${word} is not ready.`}>
        {failed} of {result.outcomes.length} checks failed. What to do stands below.
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
  const [broke, setBroke] = useState(false);
  const test = async () => {
    const own = me == null || plan === null ? [] : heldRoles(plan, me.person, me.roles, []);
    const port = await selfTest();
    return port.run(own[0] ?? null, (progress) =>
      setSteps((before) => [...before.filter(({ check }) => check !== progress.check), progress]),
    );
  };
  const run = async () => {
    setRunning(true);
    setBroke(false);
    setSteps([]);
    setResult(null);
    const done = await test().catch(() => null);
    if (done === null) {
      setSteps([]);
      setBroke(true);
      setRunning(false);
      return announce('The test could not be done', 'assertive');
    }
    const failed = failedChecks(done.outcomes);
    setKept(await report((before) => ({ ...before, selfTest: { at: done.at, failed } })));
    setResult(done);
    setRunning(false);
    return announce(failed.length === 0 ? 'The test passed' : `${counted(failed.length, 'check')} failed`);
  };
  return { steps, result, kept, running, broke, run };
}
