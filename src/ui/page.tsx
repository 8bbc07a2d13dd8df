import { ScreenTitle } from './heading.tsx';
import { Stack } from './stack.tsx';
import styles from './page.module.css';

/** A screen that scrolls as one column. */
export function Page({
  title,
  aside,
  children,
}: {
  readonly title: React.ReactNode;
  readonly aside?: React.ReactNode;
  readonly children: React.ReactNode;
}) {
  return (
    <div className={styles.page}>
      <Stack>
        <ScreenTitle aside={aside}>{title}</ScreenTitle>
        {children}
      </Stack>
    </div>
  );
}
