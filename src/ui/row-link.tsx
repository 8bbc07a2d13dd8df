import { Link } from 'wouter';
import { Icon, type IconName } from './icon.tsx';
import styles from './row-link.module.css';

type RowLinkProps = {
  readonly href: string;
  readonly icon?: IconName;
  readonly title: React.ReactNode;
  readonly detail?: React.ReactNode;
};

/** A whole row that goes somewhere. */
export function RowLink({ href, icon, title, detail }: RowLinkProps) {
  return (
    <Link href={href} className={styles.row}>
      {icon === undefined ? null : <Icon name={icon} />}
      <span className={styles.words}>
        {title}
        {detail === undefined ? null : <small className={styles.detail}>{detail}</small>}
      </span>
      <Icon name="forward" />
    </Link>
  );
}

/** A whole row that does something; looks like RowLink. */
export function RowButton({
  onPress,
  icon,
  title,
  detail,
}: Omit<RowLinkProps, 'href'> & { readonly onPress: () => void }) {
  return (
    <button type="button" className={styles.row} onClick={onPress}>
      {icon === undefined ? null : <Icon name={icon} />}
      <span className={styles.words}>
        {title}
        {detail === undefined ? null : <small className={styles.detail}>{detail}</small>}
      </span>
      <Icon name="forward" />
    </button>
  );
}
