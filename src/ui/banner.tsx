import { classNames } from './class-names.ts';
import { Icon, type IconName } from './icon.tsx';
import styles from './banner.module.css';

type BannerProps = {
  /** `note` is calm; `late` is amber; `stop` is red: danger or "not saved" only. */
  readonly tone?: 'note' | 'good' | 'late' | 'stop';
  readonly title?: string;
  readonly icon?: IconName;
  readonly children?: React.ReactNode;
  readonly action?: React.ReactNode;
};

/** Something to know on this screen, in words, with at most one thing to do about it. */
export function Banner({ tone = 'note', title, icon, children, action }: BannerProps) {
  return (
    <div className={classNames(styles.banner, styles[tone])} role={tone === 'stop' ? 'alert' : undefined}>
      {icon === undefined ? null : <Icon name={icon} />}
      <div className={styles.words}>
        {title === undefined ? null : <strong className={styles.title}>{title}</strong>}
        {children}
      </div>
      {action === undefined ? null : <div className={styles.action}>{action}</div>}
    </div>
  );
}
