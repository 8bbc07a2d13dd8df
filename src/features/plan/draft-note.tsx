import { useLocation } from 'wouter';
import { editsBackTo } from '../../domain/plan/draft.ts';
import type { HeldVersion } from '../../parts/use-plan-versions.ts';
import { Button } from '../../ui/button.tsx';
import { RowLink } from '../../ui/row-link.tsx';
import { changesWords } from './draft-contents.tsx';
import { useDraft, useSaveEdits, type DraftView } from '../../parts/use-draft.ts';

/** The way into the draft, and whether something in it waits to be published. */
export function DraftNote({ base }: { readonly base: HeldVersion | null }) {
  const view = useDraft(base);
  if (view === undefined) return null;
  return (
    <RowLink
      href="/draft"
      icon="plan"
      title="Change the plan"
      detail={
        view.changes.length === 0 ? 'Nothing changed yet' : `${changesWords(view.changes.length)} not published yet`
      }
    />
  );
}

/** Puts an earlier version into the draft, to be reviewed and published as the next one. */
export function BringBack({ base, version }: { readonly base: HeldVersion | null; readonly version: HeldVersion }) {
  const view = useDraft(base);
  return view === undefined ? null : <BringBackButton view={view} version={version} />;
}

function BringBackButton({ view, version }: { readonly view: DraftView; readonly version: HeldVersion }) {
  const saveEdits = useSaveEdits(view);
  const [, goTo] = useLocation();
  const bring = async () => {
    const edits = editsBackTo(view, version.version.items);
    const words = `Version ${version.version.number} is in the draft now`;
    if (await saveEdits(edits, words, { undo: true, published: true })) goTo('/draft/review');
  };
  return <Button onClick={() => void bring()}>Bring it back…</Button>;
}
