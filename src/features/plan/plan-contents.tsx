import { useDeferredValue, useMemo, useState } from 'react';
import { findItems, type PlanIndex } from '../../domain/plan/find-items.ts';
import { usePeople } from '../../parts/use-people.ts';
import type { HeldVersion } from '../../parts/use-plan-versions.ts';
import { TextField } from '../../ui/field.tsx';
import { GroupTitle, ScreenTitle } from '../../ui/heading.tsx';
import { RowLink } from '../../ui/row-link.tsx';
import { RowList, Stack } from '../../ui/stack.tsx';
import { chapterPlace, chaptersOf } from './chapters.tsx';
import { itemTitle, sectionWords } from './item-words.ts';
import { placeOf, useReading } from './reading.tsx';
import { usePlanIndex } from './use-plan-index.ts';
import { VersionLine } from './version-line.tsx';
import styles from './plan.module.css';

/** Which plan this is, a way to find anything in it, and its chapters. */
export function PlanContents({
  held,
  count,
  notes,
}: {
  readonly held: HeldVersion;
  /** How many versions this device holds. */
  readonly count: number;
  readonly notes: React.ReactNode;
}) {
  const { plan, search } = useReading();
  const people = usePeople();
  const [typed, setTyped] = useState('');
  const query = useDeferredValue(typed);
  const [isLooking, setIsLooking] = useState(false);
  const index = usePlanIndex(plan, isLooking);
  const chapters = useMemo(() => chaptersOf(plan), [plan]);
  return (
    <div className={styles.contents}>
      <ScreenTitle>Plan</ScreenTitle>
      <div className={styles.version}>
        <strong>{plan.header?.title ?? 'The part of the plan that you may see'}</strong>
        <VersionLine held={held} people={people} />
      </div>
      {notes}
      <TextField
        label="Find in the plan"
        hint="A code or words"
        type="search"
        autoComplete="off"
        value={typed}
        onFocus={() => setIsLooking(true)}
        onValue={setTyped}
      />
      {query.trim() === '' ? (
        <Stack close>
          <GroupTitle>Contents</GroupTitle>
          <RowList label="Contents">
            {chapters.map((chapter) => (
              <li key={chapterPlace(chapter).join('/')}>
                <RowLink
                  href={placeOf(...chapterPlace(chapter), search)}
                  title={chapter.title}
                  {...(chapter.aside === '' ? {} : { detail: chapter.aside })}
                />
              </li>
            ))}
            <li>
              <RowLink href={placeOf('versions', null, search)} title="Versions" detail={`${count} on this device`} />
            </li>
            <li>
              <RowLink href={placeOf('whole', null, search)} icon="print" title="Print the plan" />
            </li>
          </RowList>
        </Stack>
      ) : index === null ? null : (
        <Found index={index} query={query} />
      )}
    </div>
  );
}

/** Nobody reads more than that; more letters narrow it down. */
const mostFound = 40;

function Found({ index, query }: { readonly index: PlanIndex; readonly query: string }) {
  const { search } = useReading();
  const found = useMemo(() => findItems(index, query), [index, query]);
  return (
    <Stack close>
      <GroupTitle aside={found.length > mostFound ? `the first ${mostFound} of ${found.length}` : `${found.length}`}>
        Found
      </GroupTitle>
      <div role="status">{found.length === 0 ? `Nothing in this plan has “${query.trim()}”.` : null}</div>
      <RowList label="Found">
        {found.slice(0, mostFound).map((item) => (
          <li key={`${item.section}/${item.id}`}>
            <RowLink
              href={placeOf(item.section, item.id, search)}
              title={itemTitle(item)}
              detail={sectionWords[item.section]}
            />
          </li>
        ))}
      </RowList>
    </Stack>
  );
}
