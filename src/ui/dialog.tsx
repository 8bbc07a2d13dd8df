import { useId, useLayoutEffect, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import styles from './dialog.module.css';
import { ToastPlace } from './toasts.tsx';

type DialogProps = {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
};

/**
 * A native modal dialog that is open while it is mounted. The focus begins at its first field, stays inside and goes back to
 * where it was. Escape and the close button call `onClose`, after a question where that would throw away what was typed.
 */
export function Dialog({ title, onClose, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const body = useRef<HTMLDivElement>(null);
  const written = useRef(new Set<HTMLTextAreaElement | HTMLInputElement>());
  const [asking, setAsking] = useState(false);
  useLayoutEffect(() => {
    const dialog = ref.current;
    const opener = document.activeElement;
    if (dialog !== null && !dialog.open) dialog.showModal();
    body.current?.querySelector<HTMLElement>(fields)?.focus();
    return () => {
      dialog?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  const leave = () => {
    if ([...written.current].some(({ isConnected, value }) => isConnected && value.trim() !== '')) setAsking(true);
    else onClose();
  };
  return (
    <dialog
      ref={ref}
      className={styles.dialog}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        leave();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        leave();
      }}
    >
      <div className={styles.head}>
        <h2 id={heading}>{title}</h2>
        <button type="button" className={styles.close} onClick={leave}>
          <Icon name="close" />
          <span>Close</span>
        </button>
      </div>
      {asking ? <AskToLeave onStay={() => setAsking(false)} onLeave={onClose} /> : null}
      <div
        ref={body}
        className={styles.body}
        hidden={asking}
        onInput={({ target }) => {
          if (isText(target)) written.current.add(target);
        }}
      >
        {children}
      </div>
      {/* what is said outside of an open dialog reaches nobody */}
      <div aria-live="assertive">
        <ToastPlace />
      </div>
    </dialog>
  );
}

const fields = 'textarea, select, input:not([type="hidden"], [type="file"])';

function isText(target: EventTarget): target is HTMLTextAreaElement | HTMLInputElement {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'file'].includes(target.type);
}

function AskToLeave({ onStay, onLeave }: { readonly onStay: () => void; readonly onLeave: () => void }) {
  const stay = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => stay.current?.focus(), []);
  return (
    <div className={styles.body}>
      <p role="alert">What you typed here is not saved yet.</p>
      <DialogActions>
        <Button ref={stay} kind="primary" onClick={onStay}>
          Go on writing
        </Button>
        <Button kind="danger" onClick={onLeave}>
          Close without saving
        </Button>
      </DialogActions>
    </div>
  );
}

/** Buttons at the end of a dialog or form; the first is the one to press. */
export function DialogActions({ children }: { readonly children: React.ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
