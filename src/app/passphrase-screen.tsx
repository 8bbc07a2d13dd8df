import { useEffect, useState } from 'react';
import { waitLeft } from '../domain/access/screen-lock.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import type { Millis } from '../domain/time.ts';
import { countdown } from '../parts/countdown.ts';
import { PassphraseField } from '../parts/passphrase-field.tsx';
import { tryPassphrase, type Unsealed } from '../storage/open-seal.ts';
import type { LockedHeader } from '../storage/seal-header.ts';
import { systemClock } from '../sync/system-clock.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { DialogActions } from '../ui/dialog.tsx';
import { CheckField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Page } from '../ui/page.tsx';
import { Stack } from '../ui/stack.tsx';
import { BareScreen } from './bare-screen.tsx';
import { ownPlace } from './create-encryption.ts';

type PassphraseScreenProps = {
  readonly header: LockedHeader;
  readonly onOpen: (unsealed: Unsealed) => void;
  readonly onFault: (fault: StorageFault) => void;
  /** Takes a passphrase back under which nothing was encrypted yet. */
  readonly onKeepReadable: () => void;
  readonly onErase: () => void;
};

/** Nothing of the plan is known before the passphrase was given. */
export function PassphraseScreen({ header, onOpen, onFault, onKeepReadable, onErase }: PassphraseScreenProps) {
  const [typed, setTyped] = useState('');
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState(false);
  const [until, setUntil] = useState(() => systemClock.now() + waitLeft(header, systemClock.now()));
  const [forgotten, setForgotten] = useState(false);
  const wait = useTimeUntil(until);
  const isNew = header.state === 'chosen';

  const open = async () => {
    setBusy(true);
    const tried = await tryPassphrase(ownPlace(), typed, systemClock.now());
    if (!tried.ok) return onFault(tried.error);
    // busy until the app stands
    if (tried.value.opened) return onOpen(tried.value.unsealed);
    setBusy(false);
    setWrong(true);
    setUntil(systemClock.now() + tried.value.wait);
  };
  return (
    <BareScreen>
      <Page title={isNew ? 'Type the passphrase once more' : 'This device is encrypted'}>
        {isNew ? <p>Nothing is encrypted yet. It begins now, and takes a moment.</p> : null}
        {header.state === 'unsealing' ? <p>Holdfast then stops encrypting.</p> : null}
        <Form onSubmit={() => void open()}>
          <PassphraseField
            label="Passphrase"
            autoFocus
            value={typed}
            shown={shown}
            onValue={(next) => {
              setTyped(next);
              setWrong(false);
            }}
            fault={wrong && !busy ? 'That is not the passphrase.' : null}
          />
          <CheckField label="Show what I type" checked={shown} onChecked={setShown} />
          {wait > 0 ? <p role="timer">Try again in {countdown(wait)}. Nothing is deleted.</p> : null}
          <DialogActions>
            <Button kind="primary" type="submit" disabled={busy || wait > 0 || typed === ''}>
              {busy ? 'Checking…' : isNew ? 'Encrypt and open' : 'Open'}
            </Button>
            {forgotten ? null : (
              <Button kind="quiet" onClick={() => setForgotten(true)}>
                Forgotten?
              </Button>
            )}
          </DialogActions>
        </Form>
        {forgotten ? isNew ? <NotBegun onKeepReadable={onKeepReadable} /> : <Forgotten onErase={onErase} /> : null}
      </Page>
    </BareScreen>
  );
}

function NotBegun({ onKeepReadable }: { readonly onKeepReadable: () => void }) {
  return (
    <Stack>
      <p role="status">Nothing is lost: it was not used yet.</p>
      <Button onClick={onKeepReadable}>Do not encrypt</Button>
    </Stack>
  );
}

function Forgotten({ onErase }: { readonly onErase: () => void }) {
  const [sure, setSure] = useState(false);
  return (
    <Stack>
      <Banner tone="stop" icon="warning" title="Nobody can look it up.">
        <p>
          What was sent is on the server. What was not sent can only be read with the passphrase: erased, it is lost for
          good. A coordinator can give you a code to join again. Meanwhile your paper role card works.
        </p>
      </Banner>
      <CheckField
        label="Erase the plan, the incidents, the log and the key of this device"
        checked={sure}
        onChecked={setSure}
      />
      <Button kind="danger" disabled={!sure} onClick={onErase}>
        Erase everything
      </Button>
    </Stack>
  );
}

function useTimeUntil(until: Millis): Millis {
  const [now, setNow] = useState(() => systemClock.now());
  useEffect(() => {
    setNow(systemClock.now());
    const timer = setInterval(() => {
      setNow(systemClock.now());
      if (systemClock.now() >= until) clearInterval(timer);
    }, 1000);
    return () => clearInterval(timer);
  }, [until]);
  return Math.max(0, until - now);
}
