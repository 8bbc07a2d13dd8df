import { useDeferredValue, useMemo, useState } from 'react';
import { useParams } from 'wouter';
import type { RoleId, TaskCode } from '../../domain/ids.ts';
import { unreachable } from '../../domain/result.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { ReportDialog } from '../../parts/dialogs.ts';
import type { TaskView } from '../../parts/task-view.ts';
import { useMarkDone } from '../../parts/use-mark-done.ts';
import { useNow } from '../../parts/use-now.ts';
import { WithIncident } from '../../parts/with-incident.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { TextField } from '../../ui/field.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { ScreenTitle } from '../../ui/heading.tsx';
import { TwoPanes } from '../../ui/two-panes.tsx';
import { checklistRows, filterCounts, type Filter } from './checklist-rows.ts';
import { RoleFilter } from './role-filter.tsx';
import { TaskList } from './task-list.tsx';
import { TaskPage } from './task-page.tsx';
import styles from './checklist.module.css';

/** Every task in order; one press marks done. */
export function ChecklistPage() {
  return (
    <WithIncident
      title="Checklist"
      appears="The tasks of the plan appear here, phase by phase, as soon as it is activated."
    >
      {(view) => <Checklist view={view} />}
    </WithIncident>
  );
}

function Checklist({ view }: { readonly view: IncidentView }) {
  const { code } = useParams<{ code?: string }>();
  const now = useNow();
  const [chosen, setChosen] = useState<Filter | null>(null);
  const [role, setRole] = useState<RoleId | ''>('');
  const [words, setWords] = useState('');
  const sought = useDeferredValue(words);
  const [asking, setAsking] = useState<TaskView | null>(null);
  const counts = useMemo(() => filterCounts(view, now), [view, now]);
  const filter = chosen ?? (view.myRoles.length > 0 ? 'mine' : 'all');
  const rows = useMemo(
    () => checklistRows(view, now, filter, role === '' ? null : role, sought),
    [view, now, filter, role, sought],
  );
  const mayWrite = view.me.access !== 'observer';
  const markDone = useMarkDone(view, setAsking);
  const opened = code === undefined ? null : (code as TaskCode);
  return (
    <>
      <TwoPanes
        detailLabel="Task"
        list={
          <div className={styles.checklist}>
            <div className={styles.head}>
              <ScreenTitle aside={`${counts.done} of ${counts.all} done`}>Checklist</ScreenTitle>
              <FilterChips
                label="Which tasks"
                value={filter}
                onValue={setChosen}
                chips={[
                  ...(view.myRoles.length > 0 ? [{ value: 'mine' as const, label: 'Mine', count: counts.mine }] : []),
                  { value: 'all', label: 'All', count: counts.all },
                  { value: 'late', label: 'Late', count: counts.late },
                  { value: 'blocked', label: 'Blocked', count: counts.blocked },
                ]}
              />
              <div className={styles.narrow}>
                <TextField
                  label="Code or words"
                  type="search"
                  autoComplete="off"
                  maxLength={100}
                  value={words}
                  onValue={setWords}
                />
                <RoleFilter plan={view.plan} value={role} onValue={setRole} />
              </div>
            </div>
            {rows.length === 0 ? (
              <NothingFound filter={filter} narrowed={role !== '' || sought.trim() !== ''} />
            ) : (
              <TaskList rows={rows} view={view} now={now} onDone={mayWrite ? markDone : null} opened={opened} />
            )}
          </div>
        }
        detail={opened === null ? null : <TaskPage key={opened} view={view} code={opened} now={now} />}
        hint={
          <p className={styles.hint}>
            Press a task to see its steps, its history and everything that can be reported on it.
          </p>
        }
      />
      {asking === null ? null : <ReportDialog view={view} row={asking} to="done" onClose={() => setAsking(null)} />}
    </>
  );
}

function NothingFound({ filter, narrowed }: { readonly filter: Filter; readonly narrowed: boolean }) {
  if (narrowed)
    return <EmptyState title="No task fits.">Choose “Every role”, “All” or other words, and more appear.</EmptyState>;
  switch (filter) {
    case 'late':
      return <EmptyState title="Nothing is late." />;
    case 'blocked':
      return <EmptyState title="Nothing is blocked." />;
    case 'mine':
      return <EmptyState title="None of the tasks is yours.">Press “All” to see everybody’s.</EmptyState>;
    case 'all':
      return <EmptyState title="No tasks here.">The plan has none.</EmptyState>;
    default:
      return unreachable(filter);
  }
}
