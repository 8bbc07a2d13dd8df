import styles from './disclosure.module.css';

/** A row that opens what is below it; the browser's own, so that it works by key and by finger and is found by a search in the page. */
export function Disclosure({
  summary,
  open = false,
  children,
}: {
  readonly summary: React.ReactNode;
  /** Whether it begins open. */
  readonly open?: boolean;
  readonly children: React.ReactNode;
}) {
  return (
    <details className={styles.disclosure} open={open}>
      <summary>{summary}</summary>
      <div className={styles.body}>{children}</div>
    </details>
  );
}
