import { useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { nextNumber, nextVersion, type DraftChange } from '../../domain/plan/draft.ts';
import type { Json } from '../../domain/json.ts';
import type { PlanFault } from '../../domain/plan/plan-fault.ts';
import { validatePlan } from '../../domain/plan/validate-plan.ts';
import { utf8Length } from '../../domain/sync/hash.ts';
import { limits } from '../../domain/sync/limits.ts';
import { publishVersion } from '../../parts/activation.ts';
import { useIncident } from '../../parts/incident.tsx';
import { usePorts } from '../../parts/ports.tsx';
import type { Me } from '../../parts/use-me.ts';
import type { HeldVersion } from '../../parts/use-plan-versions.ts';
import { useWrite } from '../../parts/use-write.ts';
import { shortHash } from '../../parts/version-name.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { Stack } from '../../ui/stack.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { changeWords } from './change-words.ts';
import { DraftTitle } from './draft-title.tsx';
import { editable, itemTitle } from './item-words.ts';
import { newSalt, useSaveEdits, type DraftView } from '../../parts/use-draft.ts';
import styles from './draft.module.css';

/** What would be published: every change in words, and what holds it back. */
export function Review({
  view,
  versions,
  me,
}: {
  readonly view: DraftView;
  readonly versions: readonly HeldVersion[];
  readonly me: Me;
}) {
  const faults = useMemo(() => validatePlan(view.items as unknown as readonly Json[]), [view.items]);
  return (
    <Stack>
      <DraftTitle back={{ href: '/draft', words: 'Change the plan' }}>Review and publish</DraftTitle>
      {view.changes.length === 0 ? (
        <EmptyState title={`The draft says what version ${view.base.version.number} says.`}>
          Change something first; it then stands here, to be checked before everybody gets it.
        </EmptyState>
      ) : (
        <>
          <Faults view={view} faults={faults} />
          <Publish view={view} versions={versions} me={me} held={faults.length > 0 || view.newer} />
          <Changes view={view} />
        </>
      )}
    </Stack>
  );
}

function Faults({ view, faults }: { readonly view: DraftView; readonly faults: readonly PlanFault[] }) {
  if (view.newer) {
    return (
      <Banner tone="late" icon="warning" title="A newer Holdfast wrote a part of this draft.">
        Update the app, then publish; this version would not know all of it.
      </Banner>
    );
  }
  if (faults.length === 0) return null;
  return (
    <Banner
      tone="late"
      icon="warning"
      title={`${faults.length === 1 ? 'One fault holds' : `${faults.length} faults hold`} it back.`}
    >
      <ul className={styles.changes} aria-label="Faults">
        {faults.map((fault) => (
          <li key={`${fault.path} ${fault.words}`}>
            <FaultPlace view={view} fault={fault} />: {fault.words}
          </li>
        ))}
      </ul>
    </Banner>
  );
}

function FaultPlace({ view, fault }: { readonly view: DraftView; readonly fault: PlanFault }) {
  const { item } = fault;
  if (item === null) return <strong>The plan</strong>;
  const found = view.items.find(({ section, id }) => section === item.section && id === item.id);
  const name = found === undefined ? item.id : itemTitle(found);
  if (!editable.has(item.section)) return <strong>{name}</strong>;
  return <Link href={`/draft/${item.section}/${item.id}`}>{name}</Link>;
}

function Publish({
  view,
  versions,
  me,
  held,
}: {
  readonly view: DraftView;
  readonly versions: readonly HeldVersion[];
  readonly me: Me;
  readonly held: boolean;
}) {
  const { random } = usePorts();
  const incident = useIncident();
  const write = useWrite();
  const toast = useToast();
  const [, goTo] = useLocation();
  const [busy, setBusy] = useState(false);
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  const number = nextNumber(versions.map(({ version }) => version));
  const publish = async () => {
    const known = versions.map(({ hash, version }) => ({ ...version, hash }));
    const next = nextVersion(view, known, view.base.version.plan, me.person, newSalt(random));
    const draft = publishVersion(next, me.person);
    const bytes = utf8Length(JSON.stringify(draft.value));
    if (bytes > limits.planVersionBytes) {
      return setTooLarge(
        `It has ${(bytes / 2 ** 20).toFixed(1)} MiB of at most ${limits.planVersionBytes / 2 ** 20}. Shorten texts or remove tasks.`,
      );
    }
    setBusy(true);
    const saved = await write([draft]);
    setBusy(false);
    if (saved === null) return undefined;
    toast({ words: `Published as version ${next.number}` });
    return goTo(`/plan?version=${shortHash(next.hash)}`);
  };
  return (
    <>
      {incident.state === 'open' && incident.view.incident.status === 'active' ? (
        <Banner>
          The open incident “{incident.view.incident.title}” goes on with version {incident.view.version.version.number}
          . The new version counts from the next activation.
        </Banner>
      ) : null}
      {tooLarge === null ? null : (
        <Banner tone="late" icon="warning" title="The plan is too large to publish.">
          {tooLarge}
        </Banner>
      )}
      <Button kind="primary" disabled={held || busy} onClick={() => void publish()}>
        Publish as version {number}
      </Button>
    </>
  );
}

function Changes({ view }: { readonly view: DraftView }) {
  return (
    <Stack close>
      <GroupTitle aside={`${view.changes.length}`}>Against version {view.base.version.number}</GroupTitle>
      {view.changes.map((change) => {
        const { section, id } = change.item ?? change.before;
        return <ChangeCard key={`${section}/${id}`} view={view} change={change} />;
      })}
    </Stack>
  );
}

function ChangeCard({ view, change }: { readonly view: DraftView; readonly change: DraftChange }) {
  const saveEdits = useSaveEdits(view);
  const { title, lines } = changeWords(change, view.plan);
  const { section, id } = change.item ?? change.before;
  const takeBack = () =>
    void saveEdits([{ section, id, item: change.before }], 'Change taken out of the draft', {
      undo: true,
      published: true,
    });
  return (
    <Card label={title}>
      <strong>{title}</strong>
      {lines.length === 0 ? null : (
        <ul className={styles.changes}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <Button fit aria-label={`Take it out: ${title}`} onClick={takeBack}>
        Take it out
      </Button>
    </Card>
  );
}
