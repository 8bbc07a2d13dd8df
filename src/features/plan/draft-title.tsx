import { Link } from 'wouter';
import { Icon } from '../../ui/icon.tsx';
import { DetailTitle } from './chapter-view.tsx';
import styles from './draft.module.css';

/** The title of an opened part of the draft, with the way back to what it is part of. */
export function DraftTitle({
  back,
  children,
}: {
  readonly back: { readonly href: string; readonly words: string };
  readonly children: React.ReactNode;
}) {
  return (
    <div data-opened className={styles.head}>
      <Link href={back.href} className={styles.back}>
        <Icon name="back" />
        {back.words}
      </Link>
      <DetailTitle>{children}</DetailTitle>
    </div>
  );
}
