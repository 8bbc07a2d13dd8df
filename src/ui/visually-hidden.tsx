import styles from './visually-hidden.module.css';

/** For screen readers only, where the eye has a shape or a place. */
export function VisuallyHidden({ children }: { readonly children: React.ReactNode }) {
  return <span className={styles.hidden}>{children}</span>;
}
