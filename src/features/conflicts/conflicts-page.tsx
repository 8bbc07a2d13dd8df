import { useState } from 'react';
import { ConflictCard } from '../../parts/conflict-card.tsx';
import { useIncident } from '../../parts/incident.tsx';
import { useConflicts } from '../../parts/use-conflicts.ts';
import type { ShownConflict } from '../../parts/use-decide.ts';
import { useMe, type Me } from '../../parts/use-me.ts';
import { useSyncStatus } from '../../parts/use-sync-status.ts';
import { useWording } from '../../parts/use-wording.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { Page } from '../../ui/page.tsx';
import { RowList, Stack } from '../../ui/stack.tsx';

/** Changes that another one overruled without having been seen: those to decide, and what was decided. */
export function ConflictsPage() {
  const me = useMe();
  const conflicts = useConflicts();
  const { connection } = useSyncStatus();
  const incident = useIncident();
  // until the incident is read, no time could be told in its zone
  if (me == null || conflicts === undefined || incident.state === 'reading') return null;
  const { open, decided } = conflicts;
  const mine = open.filter(({ value }) => value.overruled.author.person === me.person);
  const others = open.filter(({ value }) => value.overruled.author.person !== me.person);
  return (
    <Page title="Overruled" aside={open.length === 0 ? undefined : `${open.length} to decide`}>
      {me.sends ? null : <AloneNote />}
      {open.length > 0 && connection === 'offline' ? (
        <Banner title="Not connected; that is normal.">
          What you decide is saved here and sent when connected. Others may have changed more meanwhile.
        </Banner>
      ) : null}
      {open.length === 0 ? (
        <EmptyState title="Nothing to decide.">
          When two people report different things without having seen each other’s, the later one stands. The other
          appears here, so that nothing is lost: keep theirs, or restore yours.
        </EmptyState>
      ) : null}
      <Cards title={others.length === 0 ? null : 'Yours'} conflicts={mine} me={me} />
      <Cards title="Other people’s" conflicts={others} me={me} />
      <Cards title="Decided" conflicts={decided} me={me} />
    </Page>
  );
}

function AloneNote() {
  return <Banner title="This device works alone.">Nobody else can overrule anything here.</Banner>;
}

const shownAtFirst = 20;

function Cards({
  title,
  conflicts,
  me,
}: {
  readonly title: string | null;
  readonly conflicts: readonly ShownConflict[];
  readonly me: Me;
}) {
  const wordingOf = useWording();
  const [shown, setShown] = useState(shownAtFirst);
  if (conflicts.length === 0) return null;
  return (
    <Stack close>
      {title === null ? null : <GroupTitle aside={String(conflicts.length)}>{title}</GroupTitle>}
      <RowList label={title ?? 'To decide'}>
        {conflicts.slice(0, shown).map((conflict) => (
          <li key={conflict.key}>
            <ConflictCard conflict={conflict} me={me} words={wordingOf(conflict.value.kind, conflict.value.key)} />
          </li>
        ))}
      </RowList>
      {conflicts.length > shown ? (
        <Button onClick={() => setShown(shown + shownAtFirst)}>Show {conflicts.length - shown} more</Button>
      ) : null}
    </Stack>
  );
}
