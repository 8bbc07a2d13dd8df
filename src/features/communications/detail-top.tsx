import { ButtonLink } from '../../ui/button.tsx';
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
      <div className={styles.back}>
        <ButtonLink href={href} kind="quiet" icon="back" fit>
          {back}
        </ButtonLink>
      </div>
      <h1 className={styles.title} tabIndex={-1}>
        {title}
      </h1>
    </>
  );
}
