import styles from './late-mark.module.css';

/** Late is amber with its word, never red. */
export function LateMark({ children }: { readonly children: React.ReactNode }) {
  return <span className={styles.late}>{children}</span>;
}
