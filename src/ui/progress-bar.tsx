import styles from './progress-bar.module.css';

type ProgressBarProps = {
  readonly label: React.ReactNode;
  readonly done: number;
  readonly of: number;
  readonly detail?: React.ReactNode;
};

/** A bar with its numbers beside it; the words carry the meaning, the bar the proportion. */
export function ProgressBar({ label, done, of, detail }: ProgressBarProps) {
  return (
    <label className={styles.progress}>
      <span className={styles.label}>
        {label}
        {detail === undefined ? null : <small className={styles.detail}>{detail}</small>}
      </span>
      <progress className={styles.bar} value={done} max={Math.max(of, 1)}>
        {done} of {of}
      </progress>
      <span className={styles.numbers}>
        {done} of {of}
      </span>
    </label>
  );
}
