import { useState } from 'react';
import { storageFaultWords } from '../../parts/fault-words.ts';
import { countdown } from '../../parts/countdown.ts';
import { PassphraseField } from '../../parts/passphrase-field.tsx';
import { usePorts } from '../../parts/ports.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form.tsx';
import { newPassphraseFaults, NewPassphrase, noPassphrase } from './new-passphrase.tsx';

/** The old one once, the new one twice. */
export function ChangePassphraseDialog({
  onClose,
  onChanged,
}: {
  readonly onClose: () => void;
  readonly onChanged: () => void;
}) {
  const { encryption } = usePorts();
  const [before, setBefore] = useState('');
  const [chosen, setChosen] = useState(noPassphrase);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const change = async () => {
    setTried(true);
    if (newPassphraseFaults(chosen) !== null) return;
    setBusy(true);
    const changed = await (await encryption()).change(before, chosen.text);
    setBusy(false);
    if (!changed.ok) {
      const { happened, doThis } = storageFaultWords(changed.error);
      return setFault(`Not changed. ${happened} ${doThis}`);
    }
    if (changed.value.changed) return onChanged();
    const { wait } = changed.value;
    const words = 'That is not the passphrase.';
    setWrong(wait === 0 ? words : `${words} Try again in ${countdown(wait)}. Nothing is deleted.`);
  };
  return (
    <Dialog title="Change the passphrase" onClose={onClose}>
      <Form onSubmit={() => void change()}>
        <PassphraseField
          label="Passphrase so far"
          value={before}
          shown={false}
          onValue={(typed) => {
            setBefore(typed);
            setWrong(null);
          }}
          fault={wrong}
        />
        <NewPassphrase chosen={chosen} tried={tried} onChosen={setChosen} />
        {fault === null ? null : <p role="alert">{fault}</p>}
        <DialogActions>
          <Button kind="primary" type="submit" disabled={busy || before === ''}>
            {busy ? 'Checking…' : 'Change it'}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
