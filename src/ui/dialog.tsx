import { useEffect, useId, useRef } from 'react';
import { Icon } from './icon.tsx';
import styles from './dialog.module.css';

type DialogProps = {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
};

/**
 * A native modal dialog that is open while it is mounted. The browser keeps focus inside and gives it back afterwards; Escape
 * and the close button both call `onClose`.
 */
export function Dialog({ title, onClose, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog !== null && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={styles.dialog}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className={styles.head}>
        <h2 id={heading}>{title}</h2>
        <button type="button" className={styles.close} onClick={onClose}>
          <Icon name="close" />
          <span>Close</span>
        </button>
      </div>
      <div className={styles.body}>{children}</div>
    </dialog>
  );
}

/** Buttons at the end of a dialog or form; the first is the one to press. */
export function DialogActions({ children }: { readonly children: React.ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
