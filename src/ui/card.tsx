import { classNames } from './class-names.ts';
import styles from './card.module.css';
import vest from './vest.module.css';

export type Band = 'command' | 'operations' | 'planning' | 'logistics' | 'finance' | 'communications';

type CardProps = {
  /** The vest of the function group; always beside its words. */
  readonly band?: Band | null;
  readonly label?: string;
  readonly children: React.ReactNode;
};

export function Card({ band = null, label, children }: CardProps) {
  return (
    <section
      className={classNames(styles.card, band !== null && styles.banded, band !== null && vest[band])}
      aria-label={label}
    >
      {children}
    </section>
  );
}
