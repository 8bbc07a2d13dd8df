import { useState } from 'react';
import { counted } from '../../parts/amount-words.ts';
import { storageFaultWords } from '../../parts/fault-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import type { Me } from '../../parts/use-me.ts';
import { useSyncStatus } from '../../parts/use-sync-status.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { CheckField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { newPassphraseFaults, NewPassphrase, noPassphrase } from './new-passphrase.tsx';

/** Before everything is encrypted: what it costs, and the passphrase twice. */
export function EncryptDialog({ me, onClose }: { readonly me: Me; readonly onClose: () => void }) {
  const { encryption } = usePorts();
  const [chosen, setChosen] = useState(noPassphrase);
  const [sure, setSure] = useState(false);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const encrypt = async () => {
    setTried(true);
    if (newPassphraseFaults(chosen) !== null) return;
    setBusy(true);
    const { happened, doThis } = storageFaultWords(await (await encryption()).turnOn(chosen.text));
    setBusy(false);
    setFault(`${happened} ${doThis}`);
  };
  return (
    <Dialog title="Encrypt this device" onClose={onClose}>
      <Form onSubmit={() => void encrypt()}>
        <BeforeIt me={me} />
        <NewPassphrase chosen={chosen} tried={tried} onChosen={setChosen} />
        <CheckField label="I know that nobody can recover this passphrase" checked={sure} onChecked={setSure} />
        <p>
          Holdfast opens anew, asks for it once more, and then encrypts. Other tabs close. From then on each opening
          asks for it, nothing is sent while Holdfast is closed, and a backup file is still readable by anybody. A lost
          phone must be reported all the same: the passphrase closes the phone, not the server.
        </p>
        {fault === null ? null : <p role="alert">{fault}</p>}
        <DialogActions>
          <Button kind="primary" type="submit" disabled={busy || !sure}>
            {busy ? 'One moment…' : 'Encrypt'}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

function BeforeIt({ me }: { readonly me: Me }) {
  const { unsent } = useSyncStatus();
  const waiting =
    me.sends && unsent > 0 ? `${counted(unsent, 'change')} not sent yet: send them first if you can.` : null;
  return (
    <Banner tone="late" icon="warning" title="If you forget it, nobody can read this device again.">
      <p>
        {me.sends
          ? 'What was not sent is lost then; you erase this device and join again with a new code.'
          : 'This device works alone: all your work is lost then. Save a backup file first, in a safe place.'}{' '}
        Your printed role card still works.
      </p>
      {waiting === null ? null : <p>{waiting}</p>}
    </Banner>
  );
}
