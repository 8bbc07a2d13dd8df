import styles from './progress-bar.module.css';

type ProgressBarProps = {
  readonly label: React.ReactNode;
  readonly done: number;
  readonly of: number;
  readonly detail?: React.ReactNode;
  /** Where bare numbers don't say enough, such as money. */
  readonly numbers?: string;
};

/** A bar with its numbers beside it; the words carry the meaning, the bar the proportion. */
export function ProgressBar({ label, done, of, detail, numbers = `${done} of ${of}` }: ProgressBarProps) {
  return (
    <label className={styles.progress}>
      <span className={styles.label}>
        {label}
        {detail === undefined ? null : <small className={styles.detail}>{detail}</small>}
      </span>
      <progress className={styles.bar} value={done} max={Math.max(of, 1)}>
        {numbers}
      </progress>
      <span className={styles.numbers}>{numbers}</span>
    </label>
  );
}
