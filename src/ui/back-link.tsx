import { Link } from 'wouter';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import styles from './back-link.module.css';

/** The way back from an opened detail; `narrow` where a wide screen shows what it leads to beside it. */
export function BackLink({
  href,
  narrow = false,
  children,
}: {
  readonly href: string;
  readonly narrow?: boolean;
  readonly children: React.ReactNode;
}) {
  return (
    <Link href={href} className={classNames(styles.back, narrow && styles.narrow)}>
      <Icon name="back" />
      {children}
    </Link>
  );
}
