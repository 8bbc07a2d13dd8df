import { BackLink } from '../../ui/back-link.tsx';
import styles from './communications.module.css';

/** Title of an opened detail, with the way back where it covers the list. */
export function DetailTop({
  href,
  back,
  title,
}: {
  readonly href: string;
  readonly back: string;
  readonly title: string;
}) {
  return (
    <>
      <BackLink href={href} narrow>
        {back}
      </BackLink>
      <h1 className={styles.title} tabIndex={-1}>
        {title}
      </h1>
    </>
  );
}
