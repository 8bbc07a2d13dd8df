import { useMemo, useState } from 'react';
import type { IncidentView } from '../../parts/incident.tsx';
import { maySignOff } from '../../parts/commands.ts';
import { roleTitle, vestOf } from '../../parts/role-badge.tsx';
import { TaskRow } from '../../parts/task-row.tsx';
import { useSettled } from '../../parts/settled.ts';
import type { TaskView } from '../../parts/task-view.ts';
import { useMarkDone } from '../../parts/use-mark-done.ts';
import { useNow } from '../../parts/use-now.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { RowList, Stack } from '../../ui/stack.tsx';
import { later } from '../../ui/later.tsx';
import { AskNow, NextTaskCard, type Asking } from './next-task-card.tsx';
import { tasksNow } from './tasks-now.ts';
import styles from './now.module.css';

const thenShown = 4;
const OverruledNow = later(async () => (await import('./overruled-now.tsx')).OverruledNow);
const RecoveryWaits = later(async () => (await import('./recovery-waits.tsx')).RecoveryWaits);
const LostBanner = later(async () => (await import('../../parts/lost-banner.tsx')).LostBanner);
const NowAside = later(async () => (await import('./now-aside.tsx')).NowAside);
const ClosedNow = later(async () => (await import('./closed-now.tsx')).ClosedNow);
const NobodyYet = later(async () => (await import('./nobody-yet.tsx')).NobodyYet);
const MyRolePicker = later(async () => (await import('./my-role-picker.tsx')).MyRolePicker);

/** The open incident, answered for the person who holds this phone. */
export function IncidentNow({ view }: { readonly view: IncidentView }) {
  const now = useNow();
  const settled = useSettled();
  const [asking, setAsking] = useState<Asking | null>(null);
  const markDone = useMarkDone(view, (row) => setAsking({ ask: 'done', row }));
  const lists = useMemo(() => tasksNow(view, now), [view, now]);
  const closed = view.incident.status === 'closed';
  const mayWrite = view.me.access !== 'observer' && !closed;
  const onDone = mayWrite ? markDone : null;
  const rows = (shown: readonly TaskView[]) => (
    <RowList>
      {shown.map((row) => (
        <li key={row.task.id}>
          <TaskRow
            row={row}
            band={vestOf(view.plan, row.task.owner)}
            now={now}
            zone={view.incident.zone}
            onDone={onDone}
          />
        </li>
      ))}
    </RowList>
  );
  const [next, ...then] = lists.next;
  return (
    <div className={styles.now}>
      <div className={styles.first}>
        <Stack>
          {closed ? <ClosedNow mode={view.incident.mode} /> : null}
          {maySignOff(view) ? <RecoveryWaits view={view} /> : null}
          {view.me.access === 'coordinator' ? <LostBanner /> : null}
          {view.myRoles.length === 0 && mayWrite ? <MyRolePicker view={view} /> : null}
          <Stack close>
            <h1 className={styles.heading} tabIndex={-1}>
              {headingOf(view)}
            </h1>
            {next === undefined ? (
              <AllDone view={view} waiting={lists.waiting} />
            ) : (
              <NextTaskCard view={view} row={next} now={now} onDone={onDone} onAsk={setAsking} />
            )}
          </Stack>
          {view.me.sends && settled ? <OverruledNow me={view.me} /> : null}
          {then.length === 0 ? null : (
            <Stack close>
              <GroupTitle
                aside={then.length > thenShown ? `${then.length - thenShown} more in the checklist` : undefined}
              >
                Then
              </GroupTitle>
              {rows(then.slice(0, thenShown))}
            </Stack>
          )}
          {lists.waiting.length === 0 ? null : (
            <Stack close>
              <GroupTitle>Waits for others</GroupTitle>
              {rows(lists.waiting.slice(0, thenShown))}
            </Stack>
          )}
        </Stack>
      </div>
      <div className={styles.second}>
        {settled ? <NowAside view={view} now={now} lists={lists} rows={rows} /> : null}
      </div>
      {asking === null ? null : <AskNow view={view} asking={asking} onClose={() => setAsking(null)} />}
    </div>
  );
}

function headingOf({ incident, myRoles }: IncidentView): string {
  if (incident.status === 'closed') return 'Left open';
  return myRoles.length === 0 ? 'Next for everybody' : 'Next for you';
}

function AllDone({ view, waiting }: { readonly view: IncidentView; readonly waiting: readonly TaskView[] }) {
  const [first] = waiting;
  if (first !== undefined && view.incident.status === 'closed') {
    return <EmptyState title="What is left waited for others when it was closed." />;
  }
  if (first !== undefined) {
    const others = first.waitsFor.map((code) => {
      const owner = view.plan.taskByCode.get(code)?.owner;
      return owner === undefined ? code : `${code} (${roleTitle(view.plan, owner)})`;
    });
    const owners = new Set(first.waitsFor.flatMap((code) => view.plan.taskByCode.get(code)?.owner ?? []));
    return (
      <EmptyState title="Nothing to start yet.">
        <p>
          {first.task.id} comes first, after {others.join(' and ')}. It appears here as soon as it is free.
        </p>
        <NobodyYet view={view} roles={[...owners]} />
      </EmptyState>
    );
  }
  const whose = view.myRoles.length === 0 ? 'All tasks are done.' : 'Everything of yours is done.';
  return (
    <EmptyState title={whose} action={<ButtonLink href="/checklist">Open the checklist</ButtonLink>}>
      Help where somebody is late, or write what should be remembered into the log.
    </EmptyState>
  );
}
