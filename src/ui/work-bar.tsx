import styles from './progress-bar.module.css';

/** How far long work is, in words and as a bar; `part` from 0 to 1. */
export function WorkBar({ label, part }: { readonly label: string; readonly part: number }) {
  const percent = Math.floor(part * 100);
  return (
    <label className={styles.progress} role="status">
      <span className={styles.label}>{label}</span>
      <progress className={styles.bar} value={percent} max={100}>
        {percent} %
      </progress>
      <span className={styles.numbers}>{percent} %</span>
    </label>
  );
}
