import { classNames } from './class-names.ts';
import styles from './status-icon.module.css';

export type StatusShape = 'not-started' | 'in-progress' | 'blocked' | 'done' | 'not-applicable';

const shapes: Readonly<Record<StatusShape, React.ReactNode>> = {
  'not-started': <circle className={styles.ring} cx="17" cy="17" r="13" />,
  'in-progress': (
    <>
      <circle className={styles.ring} cx="17" cy="17" r="13" />
      <path className={styles.fill} d="M17 4a13 13 0 0 1 0 26z" />
    </>
  ),
  blocked: (
    <>
      <path className={styles.fill} d="M11 3h12l8 8v12l-8 8H11l-8-8V11z" />
      <path className={styles.cut} d="M9 17h16" />
    </>
  ),
  done: (
    <>
      <circle className={styles.fill} cx="17" cy="17" r="15" />
      <path className={styles.tick} d="M9.5 17.5l5 5 10-11" />
    </>
  ),
  'not-applicable': (
    <>
      <circle className={styles.ring} cx="17" cy="17" r="13" />
      <path className={styles.bar} d="M10 17h14" />
    </>
  ),
};

/** The one drawing of a status, the same in lists, timeline and print; the word stands beside it. */
export function StatusIcon({ status, small = false }: { readonly status: StatusShape; readonly small?: boolean }) {
  return (
    <svg
      className={classNames(styles.icon, styles[status], small && styles.small)}
      viewBox="0 0 34 34"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[status]}
    </svg>
  );
}
