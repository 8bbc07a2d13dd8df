import { ConflictCard } from '../../parts/conflict-card.tsx';
import { useConflicts } from '../../parts/use-conflicts.ts';
import type { Me } from '../../parts/use-me.ts';
import { useWording } from '../../parts/use-wording.ts';
import { GroupTitle } from '../../ui/heading.tsx';
import { RowLink } from '../../ui/row-link.tsx';
import { RowList, Stack } from '../../ui/stack.tsx';

/** Changes of this person's that wait for their word, where they look first; for who coordinates also that others' do. */
export function OverruledNow({ me }: { readonly me: Me }) {
  const conflicts = useConflicts();
  const wordingOf = useWording();
  const open = conflicts?.open ?? [];
  const [first, ...more] = open.filter(({ value }) => value.overruled.author.person === me.person);
  const others = open.length - more.length - (first === undefined ? 0 : 1);
  if (open.length === 0) return null;
  return (
    <Stack close>
      <GroupTitle aside={String(open.length)}>Overruled</GroupTitle>
      <RowList label="Overruled">
        {first === undefined ? null : (
          <li>
            <ConflictCard conflict={first} me={me} words={wordingOf(first.value.kind, first.value.key)} />
          </li>
        )}
        {more.length + others === 0 ? null : (
          <li>
            <RowLink
              href="/conflicts"
              icon="warning"
              title={`${more.length + others} more to decide`}
              detail={
                others === 0 ? 'Yours' : more.length === 0 ? 'Other people’s' : `${others} of them other people’s`
              }
            />
          </li>
        )}
      </RowList>
    </Stack>
  );
}
