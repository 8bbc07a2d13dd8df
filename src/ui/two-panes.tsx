import { classNames } from './class-names.ts';
import styles from './two-panes.module.css';

type TwoPanesProps = {
  readonly list: React.ReactNode;
  /** Null while nothing was opened: `hint` then stands in its place on wide screens. */
  readonly detail: React.ReactNode | null;
  readonly hint?: React.ReactNode;
  readonly detailLabel: string;
};

/** List and detail side by side from 900 px; below that the opened detail takes the whole screen. Each pane scrolls by itself. */
export function TwoPanes({ list, detail, hint, detailLabel }: TwoPanesProps) {
  return (
    <div className={classNames(styles.panes, detail !== null && styles.opened)}>
      <div className={styles.list} data-scroller="list">
        {list}
      </div>
      <section className={styles.detail} data-scroller="detail" aria-label={detailLabel}>
        {detail ?? hint}
      </section>
    </div>
  );
}
