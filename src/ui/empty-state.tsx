import styles from './empty-state.module.css';

type EmptyStateProps = {
  readonly title: string;
  readonly children?: React.ReactNode;
  readonly action?: React.ReactNode;
};

/** An empty screen says what will appear here and how to start. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <p className={styles.title}>{title}</p>
      {children === undefined ? null : <div className={styles.words}>{children}</div>}
      {action === undefined ? null : <div className={styles.action}>{action}</div>}
    </div>
  );
}
