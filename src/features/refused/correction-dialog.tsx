import { LogDialog, ReportDialog } from '../../parts/dialogs.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { taskView } from '../../parts/task-view.ts';
import { useNow } from '../../parts/use-now.ts';
import type { Correction } from './correction.ts';

/** The form of a refused report, filled with it; what is saved is a new change over what stands now. */
export function CorrectionDialog({
  view,
  correction,
  onSaved,
  onClose,
}: {
  readonly view: IncidentView;
  readonly correction: Correction;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}) {
  const now = useNow();
  if (correction.way === 'log') {
    const { task } = correction.value;
    return <LogDialog view={view} task={task} begin={correction.value} onSaved={onSaved} onClose={onClose} />;
  }
  const task = correction.way === 'report' ? view.plan.taskByCode.get(correction.code) : undefined;
  if (correction.way !== 'report' || task === undefined) return null;
  const { status, reason, endedAt, startedAt } = correction.value;
  const at = endedAt ?? startedAt;
  return (
    <ReportDialog
      view={view}
      row={taskView(view, task, now)}
      to={status}
      withTime
      {...(at === null ? {} : { begin: { reason: reason ?? '', at } })}
      onSaved={onSaved}
      onClose={onClose}
    />
  );
}
