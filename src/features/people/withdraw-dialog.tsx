import { useState } from 'react';
import type { KnownInvite, ServerFault } from '../../domain/ports/server-api.ts';
import { usePorts } from '../../parts/ports.tsx';
import { serverFaultWords } from '../../parts/server-fault-words.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';

type WithdrawDialogProps = {
  readonly invite: KnownInvite;
  readonly name: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
};

/** Takes a code back that nobody used yet. */
export function WithdrawDialog({ invite, name, onDone, onClose }: WithdrawDialogProps) {
  const { server } = usePorts();
  const [fault, setFault] = useState<ServerFault | null>(null);
  const [busy, setBusy] = useState(false);
  const withdraw = async () => {
    setBusy(true);
    setFault(null);
    const done = await server.withdraw(invite.id);
    setBusy(false);
    return done.ok ? onDone() : setFault(done.error);
  };
  return (
    <Dialog title={`Withdraw the code for ${name}?`} onClose={onClose}>
      <p>It lets nobody in any more. Their name and access stay on the list of people; another code can be made.</p>
      {fault === null ? null : (
        <Banner tone={fault.tag === 'no-answer' ? 'late' : 'stop'} icon="warning" title="Not withdrawn.">
          {serverFaultWords(fault)}
        </Banner>
      )}
      <DialogActions>
        <Button kind="danger" disabled={busy} onClick={() => void withdraw()}>
          {busy ? 'Asking the server…' : 'Withdraw it'}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </DialogActions>
    </Dialog>
  );
}
