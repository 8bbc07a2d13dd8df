import { useMemo } from 'react';
import type { Task } from '../../domain/plan/plan-item.ts';
import { recordKey } from '../../domain/sync/kinds.ts';
import type { Millis } from '../../domain/time.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { LogItem } from '../../parts/log-item.tsx';
import { usePorts } from '../../parts/ports.tsx';
import { useLive } from '../../parts/use-live.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { RowList, Stack } from '../../ui/stack.tsx';

/** What happened to one task, the latest first. */
export function TaskHistory({
  view,
  task,
  now,
}: {
  readonly view: IncidentView;
  readonly task: Task;
  readonly now: Millis;
}) {
  const { records } = usePorts();
  const entries = useLive(
    useMemo(() => records.watchTaskLog(recordKey(view.id, task.id)), [records, view.id, task.id]),
  );
  if (entries === undefined) return null;
  return (
    <Stack close>
      <GroupTitle>History</GroupTitle>
      {entries.length === 0 ? <p>Nothing was reported yet. Reports and notes appear here with their time.</p> : null}
      <RowList>
        {[...entries].reverse().map(({ key, value, unsent }) =>
          value === null ? null : (
            <li key={key}>
              <LogItem
                entry={value}
                plan={view.plan}
                people={view.people}
                zone={view.incident.zone}
                now={now}
                unsent={view.me.sends && unsent}
                withTask={false}
              />
            </li>
          ),
        )}
      </RowList>
      <ButtonLink href={`/history/${task.id}`}>Who, when, from where</ButtonLink>
    </Stack>
  );
}
