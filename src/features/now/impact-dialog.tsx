import { useState } from 'react';
import { impactStates, type ImpactState } from '../../domain/incident/incident.ts';
import type { System } from '../../domain/plan/plan-item.ts';
import { recordKey } from '../../domain/sync/kinds.ts';
import { instant } from '../../domain/time.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { newLogEntry } from '../../parts/new-log-entry.ts';
import { usePorts } from '../../parts/ports.tsx';
import { impactWords } from '../../parts/status-words.ts';
import { fromLocalInput, localInput, planMinutes } from '../../parts/time-words.ts';
import { believedNow } from '../../parts/use-now.ts';
import { useWrite } from '../../parts/use-write.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { useToast } from '../../ui/toasts.tsx';

const hints: Readonly<Record<ImpactState, string>> = {
  down: 'Nobody can use it',
  degraded: 'Works in part, or slowly',
  workaround: 'Done another way for now',
  restored: 'Works again, tested',
};

/** Reports what a system is like now; the log gets the same in words, so that the story stays. */
export function ImpactDialog({
  view,
  system,
  onClose,
}: {
  readonly view: IncidentView;
  readonly system: System;
  readonly onClose: () => void;
}) {
  const { clock, sync, random } = usePorts();
  const write = useWrite();
  const toast = useToast();
  const { zone } = view.incident;
  const known = view.records.impacts.get(system.id);
  const [impact, setImpact] = useState<ImpactState | null>(known?.impact ?? null);
  const [estimate, setEstimate] = useState(known?.estimate == null ? '' : localInput(known.estimate, zone));
  const [note, setNote] = useState(known?.note ?? '');
  const save = async () => {
    if (impact === null) return;
    const now = believedNow(clock, sync);
    const at = instant(now);
    const by = view.me.person;
    const expected = impact === 'restored' ? null : fromLocalInput(estimate, zone);
    const text = `${system.name}: ${impactWords[impact]}${note.trim() === '' ? '' : `. ${note.trim()}`}`;
    const saved = await write([
      {
        kind: 'impact',
        key: recordKey(view.id, system.id),
        value: { ...known, impact, estimate: expected, note: note.trim() || null, at, by },
        shown: view.seen.impact(system.id),
      },
      newLogEntry(view.id, { type: 'note', text, at, by, role: view.myRoles[0] ?? null }, now, random),
    ]);
    if (saved === null) return;
    toast({ words: `${system.name}: ${impactWords[impact]}` });
    onClose();
  };
  return (
    <Dialog title={system.name} onClose={onClose}>
      <p>To be back within {planMinutes(system.rto)} of activation.</p>
      <ChoiceField
        legend="How is it now?"
        value={impact}
        options={impactStates.map((value) => ({ value, label: impactWords[value], hint: hints[value] }))}
        onValue={setImpact}
      />
      {impact === 'restored' ? null : (
        <TextField label="Expected back (if known)" type="datetime-local" value={estimate} onValue={setEstimate} />
      )}
      <TextField label="Note" value={note} maxLength={1000} onValue={setNote} />
      <DialogActions>
        <Button kind="primary" disabled={impact === null} onClick={() => void save()}>
          Save
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </DialogActions>
    </Dialog>
  );
}
