import { useState } from 'react';
import { useLocation } from 'wouter';
import { storageFaultWords } from '../../parts/fault-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';

/** Sets this device up without a server. */
export function StartAloneDialog({ onClose }: { readonly onClose: () => void }) {
  const { device, persistence } = usePorts();
  const [, goTo] = useLocation();
  const [name, setName] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [broken, setBroken] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const start = async () => {
    if (name.trim() === '') return setFault('Give your name; the log shows who reported what.');
    setBusy(true);
    const started = await device.startAlone(name.trim());
    if (!started.ok) {
      const words = storageFaultWords(started.error);
      setBusy(false);
      return setBroken(`${words.happened} ${words.doThis}`);
    }
    await persistence.request();
    return goTo('/now', { replace: true });
  };
  return (
    <Dialog title="Set up on this device" onClose={onClose}>
      <Form onSubmit={() => void start()}>
        <TextField
          label="Your name"
          value={name}
          maxLength={200}
          autoComplete="name"
          fault={fault}
          onValue={(typed) => {
            setName(typed);
            setFault(null);
          }}
        />
        {broken === null ? null : (
          <Banner tone="stop" title="Not set up.">
            {broken}
          </Banner>
        )}
        <DialogActions>
          <Button kind="primary" type="submit" disabled={busy}>
            Set up
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
