import { useState } from 'react';
import { recoveryOf } from '../../domain/incident/recovery.ts';
import { recordKey } from '../../domain/sync/kinds.ts';
import { instant } from '../../domain/time.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { newLogEntry } from '../../parts/new-log-entry.ts';
import { usePorts } from '../../parts/ports.tsx';
import { useRecord } from '../../parts/use-live.ts';
import { believedNow } from '../../parts/use-now.ts';
import { useWrite } from '../../parts/use-write.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextAreaField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { useToast } from '../../ui/toasts.tsx';

type CloseDialogProps = {
  readonly view: IncidentView;
  readonly openTasks: number;
  readonly onClose: () => void;
};

/** Closes the incident, or opens a closed one again; either is a decision in the log. */
export function CloseDialog({ view, openTasks, onClose }: CloseDialogProps) {
  const { clock, sync, random } = usePorts();
  const write = useWrite();
  const toast = useToast();
  const role = view.plan.header?.recoverySignOff ?? null;
  const approval = useRecord('approval', role === null ? null : recordKey(view.id, role));
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const { mode, status } = view.incident;
  const reopens = status === 'closed';
  const { declared } = recoveryOf(view.plan, view.records.progress, approval?.value ?? null);
  const what = mode === 'exercise' ? 'exercise' : 'incident';
  const early = !reopens && mode === 'incident' && !declared;
  const needed = reopens || early;

  const save = async () => {
    if (needed && reason.trim() === '') return setFault('Give a reason; it stands in the log.');
    setBusy(true);
    const now = believedNow(clock, sync);
    const at = instant(now);
    const words = reopens ? `Reopened the ${what}.` : `Closed the ${what}. ${openWords(openTasks)}`;
    const text = reason.trim() === '' ? words : `${words} ${reason.trim()}`;
    const saved = await write([
      {
        kind: 'incident',
        key: view.id,
        value: { ...view.incident, status: reopens ? 'active' : 'closed', closedAt: reopens ? null : at },
        shown: view.incidentSeen,
      },
      newLogEntry(
        view.id,
        { type: 'decision', text, at, by: view.me.person, role: view.myRoles[0] ?? null },
        now,
        random,
      ),
    ]);
    if (saved === null) return setBusy(false);
    toast({ words: reopens ? `The ${what} is open again` : `The ${what} is closed` });
    return onClose();
  };

  return (
    <Dialog title={reopens ? `Reopen the ${what}` : `Close the ${what}`} onClose={onClose}>
      <Form onSubmit={() => void save()}>
        {early ? <p>Recovery is not declared yet.</p> : null}
        {reopens || openTasks === 0 ? null : <p>{openWords(openTasks)} They stay as they are.</p>}
        <TextAreaField
          label={reopens ? 'Why is it open again?' : early ? 'Why close it now?' : 'Note (if any)'}
          value={reason}
          maxLength={1000}
          fault={fault}
          onValue={(typed) => {
            setReason(typed);
            setFault(null);
          }}
        />
        <DialogActions>
          <Button kind="primary" type="submit" disabled={busy}>
            {reopens ? 'Reopen it' : 'Close it'}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

function openWords(tasks: number): string {
  if (tasks === 0) return 'No task was open.';
  return tasks === 1 ? '1 task is open.' : `${tasks} tasks are open.`;
}
