import { millis, minute, type Millis } from '../../domain/time.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { isFinal } from '../../parts/task-view.ts';
import { TimeLeft } from '../../parts/time-left.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { Stack } from '../../ui/stack.tsx';
import styles from './now.module.css';

const shown = 3;

/** The milestones that come next; a reached one has left the list. */
export function ComingMilestones({ view, now }: { readonly view: IncidentView; readonly now: Millis }) {
  const { plan, records, incident } = view;
  const startedAt = millis(incident.startedAt);
  const coming = plan.milestones
    .filter(
      ({ tasks }) =>
        tasks.length === 0 || !tasks.every((code) => isFinal(records.progress.get(code)?.status ?? 'not-started')),
    )
    .sort((a, b) => a.at - b.at);
  if (coming.length === 0 || incident.status === 'closed') return null;
  return (
    <Stack close>
      <GroupTitle>Milestones next</GroupTitle>
      <ul role="list" className={styles.panel}>
        {coming.slice(0, shown).map(({ id, title, at }) => {
          const dueAt = startedAt + at * minute;
          return (
            <li key={id} className={styles.milestone}>
              <span className={styles.diamond} aria-hidden="true" />
              <span>
                {title}{' '}
                <span className={styles.quiet}>
                  <TimeLeft dueAt={dueAt} late={now >= dueAt} now={now} zone={incident.zone} />
                </span>
              </span>
            </li>
          );
        })}
      </ul>
    </Stack>
  );
}
