import { ButtonLink } from '../../ui/button.tsx';
import { ScreenTitle } from '../../ui/heading.tsx';
import { Stack } from '../../ui/stack.tsx';
import styles from './people.module.css';

/** The opened half of the screen; on a phone it is the whole screen, with a way back. */
export function Pane({ title, children }: { readonly title: React.ReactNode; readonly children: React.ReactNode }) {
  return (
    <div data-opened>
      <Stack>
        <div className={styles.back}>
          <ButtonLink fit kind="quiet" icon="back" href="/people">
            All people
          </ButtonLink>
        </div>
        <ScreenTitle>{title}</ScreenTitle>
        {children}
      </Stack>
    </div>
  );
}
