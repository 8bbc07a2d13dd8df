import { useState } from 'react';
import type { LogEntry, LogType } from '../domain/incident/incident.ts';
import type { RoleId, TaskCode } from '../domain/ids.ts';
import { sentence } from '../domain/sentence.ts';
import { millis } from '../domain/time.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { ChoiceField, TextAreaField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { useToast } from '../ui/toasts.tsx';
import type { IncidentView } from './incident.tsx';
import { newLogEntry } from './new-log-entry.ts';
import { usePorts } from './ports.tsx';
import { ReporterFields, useReporter } from './reporter.tsx';
import { logTypeWords } from './status-words.ts';
import { believedNow } from './use-now.ts';
import { useWrite } from './use-write.ts';

type LogDialogProps = {
  readonly view: IncidentView;
  readonly task?: TaskCode | null;
  /** What it begins with: an entry that is made again. */
  readonly begin?: Pick<LogEntry, 'type' | 'text' | 'at'>;
  readonly onSaved?: () => void;
  readonly onClose: () => void;
};

const offered: readonly Exclude<LogType, 'status' | 'handover'>[] = ['note', 'decision', 'message'];

/** Adds an entry to the log. Entries are write-once: a mistake is put right by another entry. */
export function LogDialog({ view, task = null, begin, onSaved, onClose }: LogDialogProps) {
  const { clock, sync, random } = usePorts();
  const write = useWrite();
  const toast = useToast();
  const [now] = useState(() => believedNow(clock, sync));
  const reporter = useReporter(view, now, begin === undefined ? now : millis(begin.at));
  const [type, setType] = useState(() => offered.find((each) => each === begin?.type) ?? 'note');
  const [text, setText] = useState(begin?.text ?? '');
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const save = async () => {
    if (text.trim() === '') return setFault('Write what happened.');
    if (reporter.fault !== null) return undefined;
    setBusy(true);
    const { unlisted, ...reported } = reporter.read();
    const words = unlisted === null ? text.trim() : sentence(`${text.trim()}\nReported by ${unlisted}`);
    const role: RoleId | null =
      (task === null ? undefined : view.plan.taskByCode.get(task)?.owner) ?? view.myRoles[0] ?? null;
    const saved = await write([
      newLogEntry(view.id, { ...reported, type, text: words, task, role }, believedNow(clock, sync), random),
    ]);
    if (saved === null) return setBusy(false);
    onSaved?.();
    toast({ words: `${logTypeWords[type]} saved` });
    return onClose();
  };

  return (
    <Dialog title={task === null ? 'Add to the log' : `Add to the log of ${task}`} onClose={onClose}>
      <Form onSubmit={() => void save()}>
        <TextAreaField
          label="What happened"
          value={text}
          rows={4}
          maxLength={8000}
          fault={fault}
          onValue={(typed) => {
            setText(typed);
            setFault(null);
          }}
        />
        <ChoiceField
          legend="Kind"
          compact
          value={type}
          options={offered.map((value) => ({ value, label: logTypeWords[value] }))}
          onValue={setType}
        />
        <ReporterFields view={view} reporter={reporter} />
        <DialogActions>
          <Button kind="primary" type="submit" disabled={busy}>
            Save
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
