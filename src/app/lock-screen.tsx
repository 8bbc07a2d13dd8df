import { useLayoutEffect, useRef, useState } from 'react';
import { EraseDialog } from '../features/settings/erase-section.tsx';
import { PinForm } from '../parts/pin-form.tsx';
import { useMe } from '../parts/use-me.ts';
import { Button } from '../ui/button.tsx';
import { useFirstScreen } from './first-screen.ts';
import styles from './lock-screen.module.css';

/** Over everything, until the PIN is given. A modal dialog, since one that was open when it locked would keep the keys otherwise. */
export function LockScreen({ onOpen }: { readonly onOpen: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const me = useMe();
  useFirstScreen(true);
  const [forgotten, setForgotten] = useState(false);
  const [erasing, setErasing] = useState(false);
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (shown !== null && !shown.open) shown.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles.lock}
      aria-labelledby="lock-title"
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        // pressed twice it would close a dialog that prevents `cancel`
        if (event.key === 'Escape') event.preventDefault();
      }}
    >
      <div className={styles.inner}>
        <img src="/icons/icon.svg" alt="" width="56" height="56" />
        <h1 id="lock-title">Holdfast is locked</h1>
        <PinForm action="Open" onRight={onOpen}>
          {forgotten ? null : (
            <Button kind="quiet" onClick={() => setForgotten(true)}>
              Forgotten?
            </Button>
          )}
        </PinForm>
        {forgotten ? (
          <div role="status" className={styles.forgotten}>
            <p>
              Nobody can look the PIN up. A coordinator can give you a code to join again; this device is erased first.
              Meanwhile your paper role card works.
            </p>
            <Button kind="danger" onClick={() => setErasing(true)}>
              Erase this device…
            </Button>
          </div>
        ) : null}
      </div>
      {erasing && me != null ? <EraseDialog me={me} onClose={() => setErasing(false)} /> : null}
    </dialog>
  );
}
