import { useRef } from 'react';
import { Stack } from './stack.tsx';
import styles from './form.module.css';

/**
 * Fields and their button; Enter submits. Faults are said beside the field, in the app's own words; the first of them takes the
 * focus, as it may stand above what is on screen.
 */
export function Form({ onSubmit, children }: { readonly onSubmit: () => void; readonly children: React.ReactNode }) {
  const form = useRef<HTMLFormElement>(null);
  return (
    <form
      ref={form}
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
        requestAnimationFrame(() => firstFault(form.current)?.focus());
      }}
    >
      <Stack>{children}</Stack>
    </form>
  );
}

function firstFault(form: HTMLFormElement | null): HTMLElement | null {
  const faulty = form?.querySelector<HTMLElement>('[aria-invalid]') ?? null;
  return faulty instanceof HTMLFieldSetElement ? faulty.querySelector('input') : faulty;
}
