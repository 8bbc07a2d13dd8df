import { useState } from 'react';
import { useLocation } from 'wouter';
import { editsBackTo } from '../../domain/plan/draft.ts';
import { planHash } from '../../domain/plan/plan-hash.ts';
import { readPlanFile, type PlanFile } from '../../domain/plan/plan-file.ts';
import type { PlanFault } from '../../domain/plan/plan-fault.ts';
import { publishVersion } from '../../parts/activation.ts';
import { counted } from '../../parts/amount-words.ts';
import { useMe } from '../../parts/use-me.ts';
import { useWrite } from '../../parts/use-write.ts';
import { shortHash } from '../../parts/version-name.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { Stack } from '../../ui/stack.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { useSaveEdits, type DraftView } from '../../parts/use-draft.ts';
import styles from './draft.module.css';

type Read =
  | { readonly state: 'plan'; readonly name: string; readonly file: PlanFile }
  | { readonly state: 'faults'; readonly name: string; readonly faults: readonly PlanFault[] };

/** Reads a plan file (`holdfast-plan/1`), whole or not at all, and offers what can be done with it. */
export function OpenPlanFile({ children }: { readonly children: (file: PlanFile) => React.ReactNode }) {
  const [read, setRead] = useState<Read | 'reading' | null>(null);
  const open = async (file: File) => {
    setRead('reading');
    const found = readPlanFile(new Uint8Array(await file.arrayBuffer()));
    if (!found.ok) return setRead({ state: 'faults', name: file.name, faults: found.error });
    if (found.value.withheld.length > 0) return setRead({ state: 'faults', name: file.name, faults: [onlyAPart] });
    return setRead({ state: 'plan', name: file.name, file: found.value });
  };
  return (
    <Stack close>
      <FileField
        label="Open a plan file"
        hint="Saved by Holdfast, or written by hand in its form (holdfast-plan/1). Nothing changes before you say so."
        accept=".json,application/json"
        disabled={read === 'reading'}
        onFile={(file) => void open(file)}
      />
      {read === 'reading' ? <p role="status">Reading…</p> : null}
      {read === null || read === 'reading' ? null : read.state === 'faults' ? (
        <Faults {...read} />
      ) : (
        <Card label="What the file holds">
          <div>
            <strong>{titleOf(read.file)}</strong>
            <p>
              {read.name} · {contentsWords(read.file)}
            </p>
          </div>
          {children(read.file)}
        </Card>
      )}
    </Stack>
  );
}

const onlyAPart: PlanFault = {
  tag: 'not-a-plan',
  path: 'withheld',
  item: null,
  words: 'this is only the part of a plan that a vendor sees; ask for a file of the whole plan',
};

const mostShown = 100;

function Faults({ name, faults }: { readonly name: string; readonly faults: readonly PlanFault[] }) {
  const more = faults.length - mostShown;
  return (
    <Banner tone="late" icon="warning" title={`“${name}” is not taken: ${counted(faults.length, 'fault')}.`}>
      <p>Nothing of it was kept. Put it right in the file, then open it again.</p>
      <ul className={styles.changes} aria-label="Faults">
        {faults.slice(0, mostShown).map(({ path, words }) => (
          <li key={`${path} ${words}`}>
            {path === '' ? null : <code>{path}</code>}
            {path === '' ? '' : ': '}
            {words}
          </li>
        ))}
      </ul>
      {more > 0 ? <p>And {counted(more, 'more', 'more')}.</p> : null}
    </Banner>
  );
}

/** Where there is no plan yet: publishes what the file holds, under its own number, so that its hash and cards stay the same. */
export function PublishFile() {
  return <OpenPlanFile>{(file) => <PublishButton file={file} />}</OpenPlanFile>;
}

function PublishButton({ file }: { readonly file: PlanFile }) {
  const me = useMe();
  const write = useWrite();
  const toast = useToast();
  const [, goTo] = useLocation();
  const [busy, setBusy] = useState(false);
  if (me == null) return null;
  const publish = async () => {
    setBusy(true);
    const hash = planHash(file);
    const saved = await write([publishVersion({ ...file, hash }, me.person)]);
    setBusy(false);
    if (saved === null) return;
    toast({ words: `Plan published as version ${file.number}` });
    goTo(`/plan?version=${shortHash(hash)}`);
  };
  return (
    <Button kind="primary" disabled={busy} onClick={() => void publish()}>
      Publish as version {file.number}
    </Button>
  );
}

/** Beside a plan: what the file holds takes the place of the draft, to be reviewed and published as the next version. */
export function FileIntoDraft({ view }: { readonly view: DraftView }) {
  return <OpenPlanFile>{(file) => <IntoDraftButton view={view} file={file} />}</OpenPlanFile>;
}

function IntoDraftButton({ view, file }: { readonly view: DraftView; readonly file: PlanFile }) {
  const saveEdits = useSaveEdits(view);
  const [, goTo] = useLocation();
  const [busy, setBusy] = useState(false);
  const edits = editsBackTo(view, file.items);
  const put = async () => {
    setBusy(true);
    const saved = await saveEdits(edits, 'The file is in the draft now', { undo: true, published: true });
    setBusy(false);
    if (saved) goTo('/draft/review');
  };
  if (edits.length === 0) return <p>The draft says the same already.</p>;
  return (
    <>
      <p>
        It takes the place of the draft: {counted(edits.length, 'part')} would change. Everybody else keeps version{' '}
        {view.base.version.number} until you publish.
      </p>
      <Button kind="primary" disabled={busy} onClick={() => void put()}>
        Put it into the draft
      </Button>
    </>
  );
}

function titleOf({ items, plan }: PlanFile): string {
  return items.find((item) => item.section === 'header')?.title ?? plan;
}

function contentsWords({ items, number }: PlanFile): string {
  const count = (section: string) => items.filter((item) => item.section === section).length;
  return [
    `version ${number}`,
    counted(count('role'), 'role'),
    counted(count('task'), 'task'),
    counted(count('contact'), 'contact'),
  ].join(' · ');
}
