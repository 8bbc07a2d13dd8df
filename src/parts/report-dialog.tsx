import { useState } from 'react';
import type { TaskStatus } from '../domain/incident/incident.ts';
import type { Instant } from '../domain/ids.ts';
import { unreachable } from '../domain/result.ts';
import { millis } from '../domain/time.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { TextAreaField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import type { IncidentView } from './incident.tsx';
import { ReporterFields, useReporter } from './reporter.tsx';
import type { TaskView } from './task-view.ts';
import { believedNow } from './use-now.ts';
import { usePorts } from './ports.tsx';
import { reasonFor, useReport, type ReasonFor } from './use-report.ts';

type ReportDialogProps = {
  readonly view: IncidentView;
  readonly row: TaskView;
  readonly to: TaskStatus;
  /** Opens with time and reporter in sight: "done at 14:12". */
  readonly withTime?: boolean;
  /** What it begins with: a report that is made again. */
  readonly begin?: { readonly reason: string; readonly at: Instant };
  readonly onSaved?: () => void;
  readonly onClose: () => void;
};

/** A status change that needs a reason, another time or another reporter. Keeps what was typed until it is on disk. */
export function ReportDialog({ view, row, to, withTime = false, begin, onSaved, onClose }: ReportDialogProps) {
  const { clock, sync } = usePorts();
  const report = useReport(view);
  const [now] = useState(() => believedNow(clock, sync));
  const reporter = useReporter(view, now, begin === undefined ? now : millis(begin.at));
  const [reason, setReason] = useState(begin?.reason ?? '');
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const needed = reasonFor(row.progress.status, to, row.waitsFor);

  const save = async () => {
    if (needed !== null && reason.trim() === '') return setFault('Give a reason; others plan by it.');
    if (reporter.fault !== null) return undefined;
    setBusy(true);
    const saved = await report.status(row.task, { to, reason: reason.trim() || null, reported: reporter.read() });
    if (!saved) return setBusy(false);
    onSaved?.();
    return onClose();
  };

  return (
    <Dialog title={`${row.task.id}: ${needed === 'reopen' ? 'reopen' : titles[to]}`} onClose={onClose}>
      <Form onSubmit={() => void save()}>
        <p>{row.task.title}</p>
        {needed === null ? null : (
          <TextAreaField
            label={reasonLabel(needed, row)}
            value={reason}
            maxLength={1000}
            fault={fault}
            onValue={(typed) => {
              setReason(typed);
              setFault(null);
            }}
          />
        )}
        <ReporterFields view={view} reporter={reporter} open={withTime} />
        <DialogActions>
          <Button kind="primary" type="submit" disabled={busy}>
            {actions[to]}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

const titles: Readonly<Record<TaskStatus, string>> = {
  'not-started': 'reopen',
  'in-progress': 'start',
  blocked: 'blocked',
  done: 'done',
  'not-applicable': 'not applicable',
};

const actions: Readonly<Record<TaskStatus, string>> = {
  'not-started': 'Reopen',
  'in-progress': 'Mark in progress',
  blocked: 'Mark blocked',
  done: 'Mark done',
  'not-applicable': 'Mark not applicable',
};

function reasonLabel(needed: Exclude<ReasonFor, null>, row: TaskView): string {
  switch (needed) {
    case 'blocked':
      return 'What is in the way?';
    case 'not-applicable':
      return 'Why is it not needed?';
    case 'reopen':
      return 'Why is it open again?';
    case 'early':
      return `It waits for ${row.waitsFor.join(', ')}. Why now?`;
    default:
      return unreachable(needed);
  }
}
