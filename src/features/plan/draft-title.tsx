import { BackLink } from '../../ui/back-link.tsx';
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
      <BackLink href={back.href}>{back.words}</BackLink>
      <DetailTitle>{children}</DetailTitle>
    </div>
  );
}
