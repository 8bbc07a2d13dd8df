import { useRoute } from 'wouter';
import type { TaskCode } from '../../domain/ids.ts';
import { recordKey } from '../../domain/sync/kinds.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { ServerMemory } from '../../parts/server-memory.tsx';
import { whenWords } from '../../parts/time-words.ts';
import { useDeviceWord } from '../../parts/use-device-word.ts';
import { useRecords } from '../../parts/use-live.ts';
import { useNow } from '../../parts/use-now.ts';
import { WithIncident } from '../../parts/with-incident.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { RowList } from '../../ui/stack.tsx';
import { HistoryItem } from './history-item.tsx';
import { useTaskHistory, type HistorySource } from './use-task-history.ts';

/** Who reported what of one task, when, from where, and from when on it counts. */
export function HistoryPage() {
  const [, params] = useRoute('/history/:code');
  const code = (params?.code ?? '') as TaskCode;
  return (
    <WithIncident
      title="History"
      appears="Everything that was reported of a task appears here with who, when and from where."
    >
      {(view) => (
        <ServerMemory>
          <TaskHistory view={view} code={code} />
        </ServerMemory>
      )}
    </WithIncident>
  );
}

function TaskHistory({ view, code }: { readonly view: IncidentView; readonly code: TaskCode }) {
  const now = useNow();
  const history = useTaskHistory(recordKey(view.id, code));
  const devices = useRecords('device', '');
  const task = view.plan.taskByCode.get(code);
  if (history === undefined) return null;
  const { source, reports, askAgain } = history;
  const names = new Map((devices ?? []).map(({ key, value }) => [key, value?.name ?? '']));
  return (
    <Page title={`History of ${code}`}>
      {task === undefined ? null : <p>{task.title}</p>}
      <SourceNote view={view} source={source} now={now} onAskAgain={askAgain} />
      {reports.length === 0 ? (
        <EmptyState title="Nothing was reported yet.">
          Each report appears here, corrections and overruled ones too.
        </EmptyState>
      ) : null}
      <RowList label="Reports, the latest first">
        {reports.map((report) => (
          <li key={report.change}>
            <HistoryItem view={view} report={report} deviceName={names.get(report.author.device) ?? ''} now={now} />
          </li>
        ))}
      </RowList>
      <ButtonLink href={`/checklist/${code}`} icon="back">
        Back to {code}
      </ButtonLink>
    </Page>
  );
}

/** Says which of both it is: the server's history, or what this phone holds. */
function SourceNote({
  view,
  source,
  now,
  onAskAgain,
}: {
  readonly view: IncidentView;
  readonly source: HistorySource;
  readonly now: number;
  readonly onAskAgain: () => void;
}) {
  const place = useDeviceWord();
  const again = (
    <Button fit onClick={onAskAgain}>
      Ask again
    </Button>
  );
  if (!view.me.sends)
    return <Banner title={`From this ${place}.`}>It works alone, so there is nothing else to ask.</Banner>;
  if (source.from === 'server') {
    const when = whenWords(source.at, view.incident.zone, now);
    return source.stale ? (
      <Banner tone="late" title={`From the server, as it was ${when}.`} action={again}>
        It does not answer now. Later reports of others may be missing.
      </Banner>
    ) : (
      <Banner tone="good" icon="check" title={`From the server, ${when}.`}>
        Every report that it accepted from any device.
      </Banner>
    );
  }
  if (source.asking)
    return (
      <Banner title={`From this ${place}, while the server is asked.`}>
        <span role="status">Asking the server…</span>
      </Banner>
    );
  return (
    <Banner title={`From this ${place}: the server does not answer.`} action={again}>
      What was reported here, and what the log says of others. Whether a report was overruled only the server can tell.
    </Banner>
  );
}
