import type { IncidentView } from '../../parts/incident.tsx';
import type { TaskView } from '../../parts/task-view.ts';
import type { Millis } from '../../domain/time.ts';
import { GroupTitle } from '../../ui/heading.tsx';
import { Stack } from '../../ui/stack.tsx';
import { ComingMilestones } from './coming-milestones.tsx';
import { ImpactSummary } from './impact-summary.tsx';
import { MyRoles } from './my-roles.tsx';
import { RoleNews } from './role-news.tsx';
import { PhaseProgress } from './phase-progress.tsx';
import type { TasksNow } from './tasks-now.ts';

type NowAsideProps = {
  readonly view: IncidentView;
  readonly now: Millis;
  readonly lists: TasksNow;
  readonly rows: (shown: readonly TaskView[]) => React.ReactNode;
};

const shown = 4;

/** What goes on around one's own tasks: below them on a phone, beside them where there is room. */
export function NowAside({ view, now, lists, rows }: NowAsideProps) {
  return (
    <Stack>
      <RoleNews view={view} />
      <Elsewhere title="Late elsewhere" tasks={lists.lateOfOthers} rows={rows} />
      <Elsewhere title="Blocked elsewhere" tasks={lists.blocked} rows={rows} />
      <PhaseProgress view={view} />
      <ComingMilestones view={view} now={now} />
      <ImpactSummary view={view} now={now} />
      <MyRoles view={view} />
    </Stack>
  );
}

function Elsewhere({
  title,
  tasks,
  rows,
}: {
  readonly title: string;
  readonly tasks: readonly TaskView[];
  readonly rows: NowAsideProps['rows'];
}) {
  if (tasks.length === 0) return null;
  return (
    <Stack close>
      <GroupTitle aside={String(tasks.length)}>{title}</GroupTitle>
      {rows(tasks.slice(0, shown))}
    </Stack>
  );
}
