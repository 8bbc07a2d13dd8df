import { useState } from 'react';
import { lockDelays, pinForm, type ScreenLock } from '../../domain/access/screen-lock.ts';
import { minute, type Millis } from '../../domain/time.ts';
import { useFaults } from '../../parts/faults.tsx';
import { usePorts } from '../../parts/ports.tsx';
import { removeLock, setDelay, setPin, useScreenLock } from '../../parts/screen-lock.ts';
import { useStepUp } from '../../parts/step-up.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { Section } from './section.tsx';

/** A PIN before the screens of this device, labelled as what it is. */
export function LockSection() {
  const lock = useScreenLock();
  const [setting, setSetting] = useState(false);
  if (lock === undefined) return null;
  return (
    <Section title="Screen lock">
      <p>
        A PIN of Holdfast’s own keeps those away who pick this device up. It encrypts nothing: what protects the data is
        the lock of the device itself. Keep that one on.
      </p>
      {lock === null ? (
        <Button onClick={() => setSetting(true)}>Set a PIN…</Button>
      ) : (
        <LockIsSet lock={lock} onChange={() => setSetting(true)} />
      )}
      {setting ? <PinDialog lock={lock} onClose={() => setSetting(false)} /> : null}
    </Section>
  );
}

function LockIsSet({ lock, onChange }: { readonly lock: ScreenLock; readonly onChange: () => void }) {
  const { device } = usePorts();
  const { couldNotSave } = useFaults();
  const toast = useToast();
  const stepUp = useStepUp();
  const choose = async (after: Millis) => {
    const kept = await setDelay(device, after);
    if (!kept.ok) couldNotSave(kept.error);
  };
  const remove = async () => {
    if (!(await stepUp('Without a PIN whoever holds this device sees everything.'))) return;
    const removed = await removeLock(device);
    if (removed.ok) toast({ words: 'The PIN is removed' });
    else couldNotSave(removed.error);
  };
  const change = async () => {
    if (await stepUp('The PIN of this device is to be changed.')) onChange();
  };
  return (
    <>
      <SelectField
        label="Ask for it at opening, and when Holdfast was out of sight"
        value={String(lock.after)}
        options={lockDelays.map((after) => ({ value: String(after), label: delayWords(after) }))}
        onValue={(after) => void choose(Number(after))}
      />
      <Button onClick={() => void change()}>Change the PIN…</Button>
      <Button onClick={() => void remove()}>Remove the PIN</Button>
    </>
  );
}

function delayWords(after: Millis): string {
  if (after === 0) return 'at all';
  return after === minute ? 'for a minute' : `for ${String(after / minute)} minutes`;
}

const fiveMinutes: Millis = 5 * minute;

function PinDialog({ lock, onClose }: { readonly lock: ScreenLock | null; readonly onClose: () => void }) {
  const { device, random } = usePorts();
  const toast = useToast();
  const { couldNotSave } = useFaults();
  const [pin, typePin] = useState('');
  const [again, typeAgain] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const faults = {
    pin: pinForm.test(pin) ? null : 'Four to twelve digits.',
    again: pin === again ? null : 'The two are not the same.',
  };
  const save = async () => {
    setTried(true);
    if (faults.pin !== null || faults.again !== null) return;
    setBusy(true);
    const kept = await setPin(device, random, { pin, after: lock?.after ?? fiveMinutes });
    setBusy(false);
    if (!kept.ok) return couldNotSave(kept.error);
    toast({ words: 'The PIN is set' });
    return onClose();
  };
  const digits = { type: 'password', inputMode: 'numeric', autoComplete: 'off', maxLength: 12 } as const;
  return (
    <Dialog title={lock === null ? 'Set a PIN' : 'Change the PIN'} onClose={onClose}>
      <Form onSubmit={() => void save()}>
        <TextField
          {...digits}
          label="PIN"
          hint="Four to twelve digits; not the one of your bank card."
          value={pin}
          onValue={typePin}
          fault={tried ? faults.pin : null}
        />
        <TextField
          {...digits}
          label="The same again"
          value={again}
          onValue={typeAgain}
          fault={tried && faults.pin === null ? faults.again : null}
        />
        <p>
          Nobody can look it up. If you forget it, this device is erased and joins again with a new code. Wrong tries
          make you wait, and never delete anything.
        </p>
        <DialogActions>
          <Button kind="primary" type="submit" disabled={busy}>
            Set the PIN
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
