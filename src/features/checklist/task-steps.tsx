import type { Task } from '../../domain/plan/plan-item.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { clockTime } from '../../parts/time-words.ts';
import { nameOf } from '../../parts/use-people.ts';
import { useReport } from '../../parts/use-report.ts';
import { CheckField } from '../../ui/field.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { Stack } from '../../ui/stack.tsx';

/** The steps of a task as ticks; each is its own record, so two people can tick at once. */
export function TaskSteps({
  view,
  task,
  mayWrite,
}: {
  readonly view: IncidentView;
  readonly task: Task;
  readonly mayWrite: boolean;
}) {
  const report = useReport(view);
  if (task.steps.length === 0) return null;
  const done = view.records.steps.get(task.id);
  const ticked = task.steps.filter((_, place) => done?.get(place + 1)?.done === true).length;
  return (
    <Stack close>
      <GroupTitle aside={`${ticked} of ${task.steps.length}`}>Steps</GroupTitle>
      {task.steps.map((words, place) => {
        const n = place + 1;
        const step = done?.get(n);
        const hint =
          step?.done === true
            ? `${clockTime(step.at, view.incident.zone)}${step.by === null ? '' : ` · ${nameOf(view.people, step.by)}`}`
            : undefined;
        return (
          <CheckField
            key={n}
            label={`${n}. ${words}`}
            hint={hint}
            checked={step?.done === true}
            disabled={!mayWrite}
            onChecked={(checked) => void report.step(task, n, checked)}
          />
        );
      })}
    </Stack>
  );
}
