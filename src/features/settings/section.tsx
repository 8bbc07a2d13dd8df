import { useId } from 'react';
import { GroupTitle } from '../../ui/heading.tsx';
import { Stack } from '../../ui/stack.tsx';

/** One part of the settings under its title. */
export function Section({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Stack close>
        <GroupTitle id={id}>{title}</GroupTitle>
        {children}
      </Stack>
    </section>
  );
}
