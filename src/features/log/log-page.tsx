import { useMemo, useState } from 'react';
import type { RoleId, TaskCode } from '../../domain/ids.ts';
import type { LogType } from '../../domain/incident/incident.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { LogDialog } from '../../parts/dialogs.ts';
import { LogItem } from '../../parts/log-item.tsx';
import { withKept } from '../../parts/refused-incident.ts';
import { useRecords } from '../../parts/use-live.ts';
import { useNow } from '../../parts/use-now.ts';
import { WithIncident } from '../../parts/with-incident.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { RowList } from '../../ui/stack.tsx';
import { LogFilters } from './log-filters.tsx';
import { everything, inEventOrder, passes, type LogFilter } from './log-filter.ts';

const page = 100;

/** Everything that happened, the latest first, in the form of ICS-214. */
export function LogPage() {
  return (
    <WithIncident
      title="Log"
      appears="Everything that happens appears here with its time: reports, notes, decisions and messages."
    >
      {(view) => <Log view={view} />}
    </WithIncident>
  );
}

function Log({ view }: { readonly view: IncidentView }) {
  const now = useNow();
  const [asked, setAsked] = useState(page);
  const [filter, setFilter] = useState<LogFilter>(everything);
  const [adding, setAdding] = useState(false);
  const entries = useRecords('log', `${view.id}/`, { last: asked });
  const shown = useMemo(
    () =>
      inEventOrder(withKept(entries ?? [], view.refused, 'log', `${view.id}/`)).filter(({ value }) =>
        passes(value, filter),
      ),
    [entries, view, filter],
  );
  const mayWrite = view.me.access !== 'observer';
  const more = entries !== undefined && entries.length >= asked;
  return (
    <Page
      title="Log"
      aside={
        entries === undefined
          ? undefined
          : `${shown.length}${more ? '+' : ''} ${shown.length === 1 ? 'entry' : 'entries'}`
      }
    >
      {mayWrite ? (
        <Button kind="primary" icon="add" onClick={() => setAdding(true)}>
          Add to the log
        </Button>
      ) : null}
      <LogFilters
        plan={view.plan}
        value={filter}
        onType={(type: LogType | 'all') => setFilter({ ...filter, type })}
        onRole={(role: RoleId | '') => setFilter({ ...filter, role })}
        onTask={(task: TaskCode | '') => setFilter({ ...filter, task })}
      />
      {entries !== undefined && shown.length === 0 ? (
        <NothingShown nothingAtAll={entries.length === 0} more={more} />
      ) : null}
      <RowList label="Entries">
        {shown.map(({ key, value, unsent }) => (
          <li key={key}>
            <LogItem
              entry={value}
              plan={view.plan}
              people={view.people}
              zone={view.incident.zone}
              now={now}
              unsent={view.me.sends && unsent}
            />
          </li>
        ))}
      </RowList>
      {more ? <Button onClick={() => setAsked(asked + page)}>Show earlier</Button> : null}
      {adding ? <LogDialog view={view} onClose={() => setAdding(false)} /> : null}
    </Page>
  );
}

function NothingShown({ nothingAtAll, more }: { readonly nothingAtAll: boolean; readonly more: boolean }) {
  if (nothingAtAll) {
    return (
      <EmptyState title="Nothing in the log yet.">Reports, notes and decisions appear here with their time.</EmptyState>
    );
  }
  return (
    <EmptyState title="No entry fits.">
      {more ? 'Earlier ones may: press “Show earlier”.' : 'Change the filter, or add an entry.'}
    </EmptyState>
  );
}
