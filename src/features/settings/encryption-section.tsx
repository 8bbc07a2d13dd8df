import { useCallback, useEffect, useState } from 'react';
import type { EncryptionState } from '../../domain/ports/encryption.ts';
import { storageFaultWords } from '../../parts/fault-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { useStepUp } from '../../parts/step-up.tsx';
import type { Me } from '../../parts/use-me.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { ChangePassphraseDialog } from './change-passphrase-dialog.tsx';
import { EncryptDialog } from './encrypt-dialog.tsx';
import { Section } from './section.tsx';

type Asked = 'on' | 'off' | 'change' | null;

/** A passphrase for those who need one, labelled as what it is. */
export function EncryptionSection({ me }: { readonly me: Me }) {
  const { encryption } = usePorts();
  const [state, setState] = useState<EncryptionState | null>(null);
  const [asked, setAsked] = useState<Asked>(null);
  const toast = useToast();
  const stepUp = useStepUp();
  useEffect(() => {
    let left = false;
    void encryption()
      .then((port) => port.state())
      .then((read) => left || setState(read));
    return () => {
      left = true;
    };
  }, [encryption]);
  const close = useCallback(() => setAsked(null), []);
  const ask = async (what: Exclude<Asked, null>) => {
    if (await stepUp('How this device is encrypted is to be changed.')) setAsked(what);
  };
  if (state === null) return null;
  return (
    <Section title="Encryption">
      {state === 'off' ? (
        <>
          <p>
            A passphrase encrypts what Holdfast keeps on this device: for those whose device may be taken or copied.
            Most people do well with the lock of the device itself.
          </p>
          <Button onClick={() => void ask('on')}>Encrypt with a passphrase…</Button>
        </>
      ) : (
        <>
          <p>
            {state === 'on'
              ? 'What Holdfast keeps on this device is encrypted. '
              : 'Not everything follows yet: it goes on when Holdfast opens again. '}
            While Holdfast is open, whoever holds the device can read it. While it is closed, nothing is sent.
          </p>
          <Button onClick={() => void encryption().then((port) => port.lock())}>Lock now</Button>
          <Button onClick={() => void ask('change')}>Change the passphrase…</Button>
          <Button onClick={() => void ask('off')}>Stop encrypting…</Button>
        </>
      )}
      {asked === 'on' ? <EncryptDialog me={me} onClose={close} /> : null}
      {asked === 'off' ? <StopDialog onClose={close} /> : null}
      {asked === 'change' ? (
        <ChangePassphraseDialog
          onClose={close}
          onChanged={() => {
            toast({ words: 'The passphrase is changed' });
            close();
          }}
        />
      ) : null}
    </Section>
  );
}

function StopDialog({ onClose }: { readonly onClose: () => void }) {
  const { encryption } = usePorts();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const stop = async () => {
    setBusy(true);
    const { happened, doThis } = storageFaultWords(await (await encryption()).turnOff());
    setBusy(false);
    setFault(`${happened} ${doThis}`);
  };
  return (
    <Dialog title="Stop encrypting?" onClose={onClose}>
      <p>
        Whoever has the files of this device can then read the plan, the contacts and the log. Holdfast opens anew and
        asks for the passphrase one last time. Other tabs close.
      </p>
      {fault === null ? null : <p role="alert">{fault}</p>}
      <DialogActions>
        <Button kind="primary" disabled={busy} onClick={() => void stop()}>
          {busy ? 'One moment…' : 'Stop encrypting'}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </DialogActions>
    </Dialog>
  );
}
