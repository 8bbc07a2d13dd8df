import { Link } from 'wouter';
import type { PlanItem } from '../../domain/plan/plan-item.ts';
import { classNames } from '../../ui/class-names.ts';
import { type Band } from '../../ui/card.tsx';
import vest from '../../ui/vest.module.css';
import { editable, itemTitle } from './item-words.ts';
import { anchorOf, useReading } from './reading.tsx';
import styles from './plan.module.css';

/** One item of the document: its title, what it says, and for a coordinator the way to its form. */
export function ItemFrame({
  item,
  title,
  aside,
  band = null,
  children,
}: {
  readonly item: PlanItem;
  readonly title: React.ReactNode;
  readonly aside?: React.ReactNode;
  readonly band?: Band | null;
  readonly children?: React.ReactNode;
}) {
  const { mayEdit, itemHeading: Title } = useReading();
  return (
    <article
      id={anchorOf(item.section, item.id)}
      className={classNames(styles.item, band !== null && styles.banded, band !== null && vest[band])}
      tabIndex={-1}
    >
      <div className={styles.itemHead}>
        <Title>{title}</Title>
        {aside === undefined ? null : <span className={styles.aside}>{aside}</span>}
      </div>
      {children}
      {mayEdit && editable.has(item.section) ? (
        <Link className={styles.edit} href={`/draft/${item.section}/${item.id}`} aria-label={`Edit ${itemTitle(item)}`}>
          Edit
        </Link>
      ) : null}
    </article>
  );
}
