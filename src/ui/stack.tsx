import { classNames } from './class-names.ts';
import styles from './stack.module.css';

/** Things one below the other, `close` for rows that belong together. */
export function Stack({ children, close = false }: { readonly children: React.ReactNode; readonly close?: boolean }) {
  return <div className={classNames(styles.stack, close && styles.close)}>{children}</div>;
}

/** Actions of equal weight side by side while they fit. */
export function ActionRow({
  children,
  broad = false,
}: {
  readonly children: React.ReactNode;
  /** For actions of two words and more. */
  readonly broad?: boolean;
}) {
  return <div className={classNames(styles.actions, broad && styles.broad)}>{children}</div>;
}

/** A list of rows without bullets that stays a list to a screen reader. */
export function RowList({ children, label }: { readonly children: React.ReactNode; readonly label?: string }) {
  return (
    <ul role="list" className={classNames(styles.stack, styles.close)} aria-label={label}>
      {children}
    </ul>
  );
}
