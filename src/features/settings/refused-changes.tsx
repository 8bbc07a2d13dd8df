import { useState } from 'react';
import type { RefusedChange } from '../../domain/ports/records.ts';
import { counted } from '../../parts/amount-words.ts';
import { storageFaultWords } from '../../parts/fault-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { changeWords, refusalWords } from '../../parts/refusal-words.ts';
import { whenWords } from '../../parts/time-words.ts';
import { useNow } from '../../parts/use-now.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { RowList } from '../../ui/stack.tsx';
import { useToast } from '../../ui/toasts.tsx';

/** What a server did not take, with its reason; kept here until the person gives it up (product.md, promise 2). */
export function RefusedChanges({
  refused,
  zone,
}: {
  readonly refused: readonly RefusedChange[];
  readonly zone: string;
}) {
  const now = useNow();
  const [givingUp, setGivingUp] = useState<RefusedChange | null>(null);
  return (
    <>
      <Banner tone="late" icon="warning" title={`${counted(refused.length, 'change')} refused by the server.`}>
        Kept on this device, and not shown to others.
      </Banner>
      <RowList label="Refused changes">
        {refused.map((change) => (
          <li key={change.change}>
            <Card>
              <div>
                <strong>{changeWords(change)}</strong>
                <p>
                  Saved {whenWords(change.wall, zone, now)}. {refusalWords(change.reason)}
                </p>
              </div>
              <Button onClick={() => setGivingUp(change)}>Give it up…</Button>
            </Card>
          </li>
        ))}
      </RowList>
      {givingUp === null ? null : <GiveUpDialog change={givingUp} onClose={() => setGivingUp(null)} />}
    </>
  );
}

function GiveUpDialog({ change, onClose }: { readonly change: RefusedChange; readonly onClose: () => void }) {
  const { device } = usePorts();
  const toast = useToast();
  const [fault, setFault] = useState<string | null>(null);
  const giveUp = async () => {
    const given = await device.giveUp(change.change);
    if (!given.ok) return setFault(storageFaultWords(given.error).happened);
    toast({ words: 'Given up' });
    return onClose();
  };
  return (
    <Dialog title="Give up this change?" onClose={onClose}>
      <p>
        <strong>{changeWords(change)}</strong>
      </p>
      <p>It leaves this list for good and is never sent. Report it again first if it still matters.</p>
      {fault === null ? null : (
        <Banner tone="stop" title="Not given up.">
          {fault}
        </Banner>
      )}
      <DialogActions>
        <Button kind="danger" onClick={() => void giveUp()}>
          Give it up
        </Button>
        <Button onClick={onClose}>Keep it</Button>
      </DialogActions>
    </Dialog>
  );
}
