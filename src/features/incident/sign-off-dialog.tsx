import { useState } from 'react';
import type { Shown } from '../../domain/ports/records.ts';
import { sentence } from '../../domain/sentence.ts';
import { recordKey } from '../../domain/sync/kinds.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { newLogEntry } from '../../parts/new-log-entry.ts';
import { usePorts } from '../../parts/ports.tsx';
import { ReporterFields, useReporter } from '../../parts/reporter.tsx';
import { roleTitle } from '../../parts/role-badge.tsx';
import { believedNow } from '../../parts/use-now.ts';
import { useWrite } from '../../parts/use-write.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { TextAreaField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { useToast } from '../../ui/toasts.tsx';

type SignOffDialogProps = {
  readonly view: IncidentView;
  readonly shown: Shown<'approval'> | null;
  readonly onClose: () => void;
};

/** Signs recovery off, or puts down that it was; the approval and its log entry are saved together. */
export function SignOffDialog({ view, shown, onClose }: SignOffDialogProps) {
  const { clock, sync, random } = usePorts();
  const write = useWrite();
  const toast = useToast();
  const [now] = useState(() => believedNow(clock, sync));
  const reporter = useReporter(view, now);
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const role = view.plan.header?.recoverySignOff ?? null;
  if (role === null) return null;
  const signer = roleTitle(view.plan, role);
  const own = view.myRoles.includes(role);

  const save = async () => {
    if (reporter.fault !== null) return undefined;
    setBusy(true);
    const { unlisted, ...reported } = reporter.read();
    const said = [
      `Recovery declared, signed off by ${signer}.`,
      note.trim(),
      unlisted === null ? '' : sentence(`Reported by ${unlisted}`),
    ];
    const saved = await write([
      {
        kind: 'approval',
        key: recordKey(view.id, role),
        value: { decision: 'approved', at: reported.at, by: reported.by, note: note.trim() || null },
        shown,
      },
      newLogEntry(
        view.id,
        { ...reported, type: 'decision', role, text: said.filter((part) => part !== '').join(' ') },
        believedNow(clock, sync),
        random,
      ),
    ]);
    if (saved === null) return setBusy(false);
    toast({ words: 'Recovery declared' });
    return onClose();
  };

  return (
    <Dialog title="Declare recovery" onClose={onClose}>
      <Form onSubmit={() => void save()}>
        <p>
          {own
            ? `You sign off as ${signer}.`
            : `The plan names ${signer} for this. Say below who signed off, and how you heard it.`}
        </p>
        <TextAreaField label="Note (if any)" value={note} maxLength={1000} onValue={setNote} />
        <ReporterFields view={view} reporter={reporter} open={!own} />
        <DialogActions>
          <Button kind="primary" type="submit" disabled={busy}>
            Declare recovery
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
