import { useState } from 'react';
import { useLocation } from 'wouter';
import { testToWrite, toFill } from '../../domain/import/item-texts.ts';
import type { UnderstoodPlan } from '../../domain/import/understood.ts';
import { sameContent, type DraftEdit } from '../../domain/plan/draft.ts';
import type { PlanFault } from '../../domain/plan/plan-fault.ts';
import { planHash } from '../../domain/plan/plan-hash.ts';
import { publishVersion } from '../../parts/activation.ts';
import { counted } from '../../parts/amount-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { newSalt, useSaveEdits, type DraftView } from '../../parts/use-draft.ts';
import type { Me } from '../../parts/use-me.ts';
import { deviceZone } from '../../parts/use-zone.ts';
import { useWrite } from '../../parts/use-write.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useToast } from '../../ui/toasts.tsx';
import type { Import } from './use-import.ts';

type AcceptImportProps = {
  readonly reading: Import;
  readonly plan: UnderstoodPlan;
  readonly me: Me;
  readonly draft: DraftView | null;
};

/** Takes what was understood: as a first version, or into the draft of the plan that there is. */
export function AcceptImport(props: AcceptImportProps) {
  const { plan, draft } = props;
  if (
    plan.roles.length +
      plan.tasks.length +
      plan.contacts.length +
      plan.phases.length +
      plan.resources.length +
      plan.procedures.length ===
    0
  )
    return null;
  const missing = missingWords(plan, draft === null);
  return (
    <>
      {missing.length === 0 ? null : <p>To be written afterwards: {missing.join('; ')}.</p>}
      {draft === null ? <AsFirstVersion {...props} /> : <IntoDraft {...props} draft={draft} />}
    </>
  );
}

function AsFirstVersion({ reading, me }: AcceptImportProps) {
  const { random } = usePorts();
  const write = useWrite();
  const toast = useToast();
  const [, goTo] = useLocation();
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<readonly PlanFault[]>([]);
  const publish = async () => {
    setBusy(true);
    const made = await reading.items({ items: [], zone: deviceZone(), name: 'Recovery plan' });
    setFaults(made.faults);
    if (made.faults.length > 0) return setBusy(false);
    const items = made.items.map((item) => ({ ...item, salt: newSalt(random) }));
    const version = { plan: made.plan, number: 1, author: me.person, items, withheld: [] };
    const saved = await write([publishVersion({ ...version, hash: planHash(version) }, me.person)]);
    setBusy(false);
    if (saved === null) return;
    toast({ words: 'Plan published as version 1' });
    goTo('/draft');
  };
  return (
    <>
      <NotTaken faults={faults} />
      <p>It becomes version 1, which everybody gets. Go through it then and publish the next version.</p>
      <Button kind="primary" disabled={busy} onClick={() => void publish()}>
        {busy ? 'Making the plan…' : 'Make it the plan'}
      </Button>
    </>
  );
}

function IntoDraft({ reading, draft }: AcceptImportProps & { readonly draft: DraftView }) {
  const saveEdits = useSaveEdits(draft);
  const [, goTo] = useLocation();
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState<readonly PlanFault[]>([]);
  const [isSame, setSame] = useState(false);
  const put = async () => {
    setBusy(true);
    const made = await reading.items({
      items: draft.items,
      zone: draft.plan.header?.zone ?? deviceZone(),
      name: 'Recovery plan',
    });
    const standing = new Map(draft.items.map((item) => [`${item.section}/${item.id}`, item]));
    const changed = made.items.filter((item) => {
      const before = standing.get(`${item.section}/${item.id}`);
      return before === undefined || !sameContent(before, item);
    });
    setFaults(made.faults);
    setSame(changed.length === 0);
    if (made.faults.length === 0 && changed.length > 0) {
      const edits = changed.map((item): DraftEdit => ({ section: item.section, id: item.id, item }));
      const saved = await saveEdits(
        edits,
        `${counted(changed.length, 'part')} of the document ${changed.length === 1 ? 'is' : 'are'} in the draft now`,
        { undo: true },
      );
      if (saved) return goTo('/draft/review');
    }
    setBusy(false);
  };
  return (
    <>
      <NotTaken faults={faults} />
      {isSame ? <p role="status">The draft says the same already.</p> : null}
      <p>
        It is laid over the draft: what has the same name is changed, the rest is added, nothing is taken out. You see
        each change before you publish.
      </p>
      <Button kind="primary" disabled={busy} onClick={() => void put()}>
        {busy ? 'Putting it into the draft…' : 'Put it into the draft'}
      </Button>
    </>
  );
}

function NotTaken({ faults }: { readonly faults: readonly PlanFault[] }) {
  if (faults.length === 0) return null;
  return (
    <Banner tone="late" icon="warning" title={`Not taken: ${counted(faults.length, 'fault')}. Nothing was changed.`}>
      <ul>
        {faults.slice(0, 10).map(({ path, words }) => (
          <li key={`${path} ${words}`}>{words}</li>
        ))}
      </ul>
    </Banner>
  );
}

/** What a plan needs and the document did not say. */
function missingWords(
  { roles, phases, tasks, contacts, systems, resources }: UnderstoodPlan,
  isNew: boolean,
): readonly string[] {
  const without = (many: number, one: string, words: string) =>
    many === 0 ? [] : [`${counted(many, one)} without ${words}`];
  return [
    ...(isNew ? [`organisation and command post (“${toFill}”), currency`] : []),
    ...without(roles.filter(({ holders }) => holders.length === 0).length, 'role', 'a holder'),
    ...without(phases.filter(({ from, to }) => from === null && to === null).length, 'phase', 'a window'),
    ...without(
      tasks.filter(({ completionTest }) => completionTest === '').length,
      'task',
      `a completion test (“${testToWrite}”)`,
    ),
    ...without(
      tasks.filter(({ target }) => target === null).length,
      'task',
      'a time of its own (the end of its phase stands there)',
    ),
    ...without(systems.filter(({ rto }) => rto === null).length, 'system', 'recovery times (24 hours stand there)'),
    ...without(resources.filter(({ quantity }) => quantity === null).length, 'resource', 'a number (1 stands there)'),
    ...(contacts.length === 0 ? ['contacts'] : []),
  ];
}
