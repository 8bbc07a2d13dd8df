import { BackLink } from '../../ui/back-link.tsx';
import { ScreenTitle } from '../../ui/heading.tsx';
import { Stack } from '../../ui/stack.tsx';

/** The opened half of the screen; on a phone it is the whole screen, with a way back. */
export function Pane({ title, children }: { readonly title: React.ReactNode; readonly children: React.ReactNode }) {
  return (
    <div data-opened>
      <Stack>
        <BackLink href="/people" narrow>
          All people
        </BackLink>
        <ScreenTitle>{title}</ScreenTitle>
        {children}
      </Stack>
    </div>
  );
}
