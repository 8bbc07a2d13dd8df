import { useMe } from '../../parts/use-me.ts';
import { useDraft } from '../../parts/use-draft.ts';
import { usePlanVersions } from '../../parts/use-plan-versions.ts';
import { counted } from '../../parts/amount-words.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { Stack } from '../../ui/stack.tsx';
import { ImportResult } from './import-result.tsx';
import { ImportSource } from './import-source.tsx';
import { faultWords } from './import-words.ts';
import { useImport } from './use-import.ts';

const title = 'Plan from a document';

/** From somebody’s document to a plan: read it, look at what was understood, put it right by pressing, take it. */
export function ImportPage() {
  const me = useMe();
  const versions = usePlanVersions();
  const base = versions?.[0] ?? null;
  const draft = useDraft(base);
  const reading = useImport();
  if (me === undefined || versions === undefined || (base !== null && draft === undefined)) return null;
  if (me === null || me.access !== 'coordinator') {
    return (
      <Page title={title}>
        <EmptyState
          title="Only coordinators change the plan."
          action={<ButtonLink href="/plan">Read the plan</ButtonLink>}
        >
          Give them the document.
        </EmptyState>
      </Page>
    );
  }
  const { state } = reading;
  if (state.tag === 'understood')
    return <ImportResult reading={reading} understanding={state.understanding} me={me} draft={draft ?? null} />;
  return (
    <Page title={title}>
      {state.tag === 'working' ? (
        <Stack>
          <p role="status">
            {state.lines === null ? 'Reading the document…' : `Understanding ${counted(state.lines, 'line')}…`}
          </p>
          <Button onClick={reading.cancel}>Cancel</Button>
        </Stack>
      ) : (
        <Stack>
          {state.tag === 'fault' ? (
            <Banner tone="late" icon="warning" title={faultWords[state.fault].title}>
              {faultWords[state.fault].advice}
            </Banner>
          ) : null}
          <ImportSource onGiven={reading.read} />
        </Stack>
      )}
    </Page>
  );
}
