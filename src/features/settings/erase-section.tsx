import { useState } from 'react';
import { useLocation } from 'wouter';
import { counted } from '../../parts/amount-words.ts';
import { storageFaultWords } from '../../parts/fault-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import type { Me } from '../../parts/use-me.ts';
import { useSyncStatus } from '../../parts/use-sync-status.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { CheckField } from '../../ui/field.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { Section } from './section.tsx';

/** Before a device is handed on. */
export function EraseSection({ me }: { readonly me: Me }) {
  const [asking, setAsking] = useState(false);
  return (
    <Section title="Erase this device">
      <p>Deletes everything that Holdfast keeps here. For a device that is handed on or given back.</p>
      <Button kind="danger" onClick={() => setAsking(true)}>
        Erase this device…
      </Button>
      {asking ? <EraseDialog me={me} onClose={() => setAsking(false)} /> : null}
    </Section>
  );
}

/** Asks before everything of this device is deleted; says what would be lost. */
export function EraseDialog({ me, onClose }: { readonly me: Me; readonly onClose: () => void }) {
  const { device } = usePorts();
  const { unsent, refused } = useSyncStatus();
  const [, goTo] = useLocation();
  const toast = useToast();
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const erase = async () => {
    setBusy(true);
    const erased = await device.erase();
    setBusy(false);
    if (!erased.ok) {
      const { happened, doThis } = storageFaultWords(erased.error);
      return setFault(`${happened} ${doThis}`);
    }
    toast({ words: 'Everything on this device was erased' });
    return goTo('/', { replace: true });
  };
  return (
    <Dialog title="Erase this device?" onClose={onClose}>
      <Banner tone="stop" icon="warning" title={lossWords(me, unsent, refused)}>
        {me.sends
          ? 'What was sent stays on the server. This device needs a new code to come back; tell a coordinator, who can take it off the list.'
          : 'This device works alone: there is no other copy. Save a backup file first.'}
      </Banner>
      <CheckField
        label="Erase the plan, the incidents, the log and the key of this device"
        checked={sure}
        onChecked={setSure}
      />
      {fault === null ? null : (
        <Banner tone="stop" icon="warning" title="Not erased.">
          {fault}
        </Banner>
      )}
      <DialogActions>
        <Button kind="danger" disabled={!sure || busy} onClick={() => void erase()}>
          Erase everything
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </DialogActions>
    </Dialog>
  );
}

/** What would be gone for good. */
function lossWords({ sends }: Me, unsent: number, refused: number): string {
  if (!sends) return 'Everything that you have done here is lost.';
  const lost = [
    unsent > 0 ? `${counted(unsent, 'change')} not sent yet` : null,
    refused > 0 ? counted(refused, 'refused change') : null,
  ];
  const named = lost.filter((part) => part !== null);
  return named.length === 0
    ? 'Everything that Holdfast keeps here is deleted.'
    : `Lost for good: ${named.join(' and ')}.`;
}
