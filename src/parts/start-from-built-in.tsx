import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useToast } from '../ui/toasts.tsx';
import { publishVersion } from './activation.ts';
import { usePorts } from './ports.tsx';
import { useLost } from './use-lost.ts';
import { useMe } from './use-me.ts';
import { useWrite } from './use-write.ts';

/**
 * Offers the built-in plan to a coordinator whose workspace has none, unless this device holds one that the server lost: that one
 * is put back. Publishes it as version 1.
 */
export function StartFromBuiltIn({ onDone }: { readonly onDone?: () => void }) {
  const { builtInPlan } = usePorts();
  const me = useMe();
  const lost = useLost();
  const write = useWrite();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  if (me == null || lost === undefined || lost.some(({ kind }) => kind === 'plan-version')) return null;
  const publish = async () => {
    setBusy(true);
    const saved = await write([publishVersion(await builtInPlan(), me.person)]);
    setBusy(false);
    if (saved === null) return;
    toast({ words: 'Plan published as version 1' });
    onDone?.();
  };
  return (
    <EmptyState
      title="Start from the built-in plan"
      action={
        <Button kind="primary" disabled={busy} onClick={() => void publish()}>
          Use the built-in plan
        </Button>
      }
    >
      <p>
        “Online marketplace recovery”: roles, communication procedures, tasks in five phases, resources and milestones.
        Its names and numbers are examples; make them your own and publish the next version.
      </p>
    </EmptyState>
  );
}
