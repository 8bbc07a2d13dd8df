import styles from './heading.module.css';

/** The screen's own title, with its answer in few words beside it. */
export function ScreenTitle({
  children,
  aside,
}: {
  readonly children: React.ReactNode;
  readonly aside?: React.ReactNode;
}) {
  return (
    <div className={styles.title}>
      <h1 tabIndex={-1}>{children}</h1>
      {aside === undefined ? null : <p className={styles.aside}>{aside}</p>}
    </div>
  );
}

/** A quiet title above a group of rows. */
export function GroupTitle({
  children,
  aside,
  id,
}: {
  readonly children: React.ReactNode;
  readonly aside?: React.ReactNode;
  readonly id?: string;
}) {
  return (
    <div className={styles.group}>
      <h2 id={id}>{children}</h2>
      {aside === undefined ? null : <span className={styles.aside}>{aside}</span>}
    </div>
  );
}
