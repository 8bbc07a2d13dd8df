import type { IncidentView } from '../../parts/incident.tsx';
import { isFinal } from '../../parts/task-view.ts';
import { windowWords } from '../../parts/time-words.ts';
import { GroupTitle } from '../../ui/heading.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { Stack } from '../../ui/stack.tsx';
import styles from './now.module.css';

/** How far each phase is, in numbers and as a bar. */
export function PhaseProgress({ view }: { readonly view: IncidentView }) {
  const { plan, records } = view;
  return (
    <Stack close>
      <GroupTitle>Phases</GroupTitle>
      <div className={styles.panel}>
        {plan.phases.map((phase) => {
          const tasks = plan.tasksByPhase.get(phase.id) ?? [];
          const done = tasks.filter((task) => isFinal(records.progress.get(task.id)?.status ?? 'not-started')).length;
          return (
            <ProgressBar
              key={phase.id}
              label={phase.title}
              detail={windowWords(phase.from, phase.to)}
              done={done}
              of={tasks.length}
            />
          );
        })}
      </div>
    </Stack>
  );
}
