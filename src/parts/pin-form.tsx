import { useState } from 'react';
import { waitLeft } from '../domain/access/screen-lock.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { countdown } from './countdown.ts';
import { usePorts } from './ports.tsx';
import { tryPin, useScreenLock } from './screen-lock.ts';
import { useNow } from './use-now.ts';

const second = 1000;

type PinFormProps = {
  readonly action: string;
  readonly onRight: () => void;
  readonly children?: React.ReactNode;
};

/** Asks for the PIN of this device, and says how long the next try has to wait. `children`: further buttons. */
export function PinForm({ action, onRight, children }: PinFormProps) {
  const { device, clock } = usePorts();
  const lock = useScreenLock();
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState(false);
  useNow(second);
  const wait = lock == null || busy ? 0 : waitLeft(lock, clock.now());
  const open = async () => {
    setBusy(true);
    const tried = await tryPin(device, clock, pin);
    setBusy(false);
    setPin('');
    setWrong(!tried.opened);
    if (tried.opened) onRight();
  };
  return (
    <Form onSubmit={() => void open()}>
      <TextField
        label="PIN"
        type="password"
        inputMode="numeric"
        autoComplete="off"
        autoFocus
        maxLength={12}
        value={pin}
        onValue={(typed) => {
          setPin(typed.replace(/\D/g, ''));
          setWrong(false);
        }}
        fault={wrong ? 'That is not the PIN of this device.' : null}
      />
      {wait > 0 ? <p role="timer">Try again in {countdown(wait)}. Nothing is deleted.</p> : null}
      <DialogActions>
        <Button kind="primary" type="submit" disabled={busy || wait > 0 || pin === ''}>
          {busy ? 'Checking…' : action}
        </Button>
        {children}
      </DialogActions>
    </Form>
  );
}

type StepUpDialogProps = {
  /** What it is for, as a sentence. */
  readonly what: string;
  readonly onEnd: (given: boolean) => void;
};

export function StepUpDialog({ what, onEnd }: StepUpDialogProps) {
  return (
    <Dialog title="Your PIN, please" onClose={() => onEnd(false)}>
      <p>{what}</p>
      <PinForm action="Go on" onRight={() => onEnd(true)}>
        <Button onClick={() => onEnd(false)}>Cancel</Button>
      </PinForm>
    </Dialog>
  );
}
