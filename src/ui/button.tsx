import type { ComponentProps } from 'react';
import { Link } from 'wouter';
import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';
import { once } from './once.ts';
import styles from './button.module.css';

type Look = {
  /** `primary`: the one thing to do here, 72 px high. `danger` is for what can't be undone. */
  readonly kind?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly icon?: IconName;
  /** As wide as its words; otherwise it fills its place. */
  readonly fit?: boolean;
};

export function Button({
  kind = 'secondary',
  icon,
  fit = false,
  className,
  children,
  type = 'button',
  ...rest
}: Look & ComponentProps<'button'>) {
  return (
    <button
      type={type}
      className={classNames(styles.button, styles[kind], fit && styles.fit, className)}
      onKeyDown={once}
      {...rest}
    >
      {icon === undefined ? null : <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

/** Looks like a button, goes somewhere. */
export function ButtonLink({
  kind = 'secondary',
  icon,
  fit = false,
  href,
  children,
}: Look & { readonly href: string; readonly children: React.ReactNode }) {
  return (
    <Link href={href} className={classNames(styles.button, styles[kind], fit && styles.fit)}>
      {icon === undefined ? null : <Icon name={icon} />}
      <span>{children}</span>
    </Link>
  );
}

/** Looks like a button, leaves the app for the telephone, the mail program or a page elsewhere. */
export function OutsideLink({
  kind = 'secondary',
  icon,
  fit = false,
  href,
  label,
  children,
}: Look & {
  readonly href: string;
  /** Where the words alone don't say whom it reaches; begins with them. */
  readonly label?: string;
  readonly children: React.ReactNode;
}) {
  const elsewhere = href.startsWith('https:') ? { target: '_blank', rel: 'noreferrer' } : {};
  return (
    <a
      href={href}
      aria-label={label}
      className={classNames(styles.button, styles[kind], fit && styles.fit)}
      {...elsewhere}
    >
      {icon === undefined ? null : <Icon name={icon} />}
      <span>{children}</span>
    </a>
  );
}
