import { useState } from 'react';
import { impactStates, type ImpactState } from '../../domain/incident/incident.ts';
import type { System } from '../../domain/plan/plan-item.ts';
import type { Json } from '../../domain/json.ts';
import { recordKey } from '../../domain/sync/kinds.ts';
import { restoredInLog } from '../../domain/sync/restored-log.ts';
import { instant } from '../../domain/time.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { newLogEntry } from '../../parts/new-log-entry.ts';
import { usePorts } from '../../parts/ports.tsx';
import { impactWords } from '../../parts/status-words.ts';
import { fromLocalInput, localInput, planMinutes, zoneName } from '../../parts/time-words.ts';
import { believedNow } from '../../parts/use-now.ts';
import { WhenField } from '../../parts/when-field.tsx';
import { useWrite } from '../../parts/use-write.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { ChoiceField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
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
  const [opened] = useState(() => believedNow(clock, sync));
  const [tried, setTried] = useState(false);
  const estimateFault = estimate !== '' && fromLocalInput(estimate, zone) === null ? 'Give the time, like 1412.' : null;
  const save = async () => {
    setTried(true);
    if (impact === null || (impact !== 'restored' && estimateFault !== null)) return;
    const now = believedNow(clock, sync);
    const at = instant(now);
    const by = view.me.person;
    const expected = impact === 'restored' ? null : fromLocalInput(estimate, zone);
    const text = `${system.name}: ${impactWords[impact]}${note.trim() === '' ? '' : `. ${note.trim()}`}`;
    const key = recordKey(view.id, system.id);
    const value = { ...known, impact, estimate: expected, note: note.trim() || null, at, by };
    const saved = await write([
      { kind: 'impact', key, value, shown: view.seen.impact(system.id) },
      newLogEntry(view.id, { type: 'note', text, at, by, role: view.myRoles[0] ?? null }, now, random),
    ]);
    if (saved === null) return;
    const change = saved[0]?.change;
    const undo = () => {
      const undoneAt = believedNow(clock, sync);
      const to = known ?? null;
      const line = restoredInLog({
        kind: 'impact',
        key,
        from: value,
        to: to as Json,
        text: 'Undone.',
        by,
        at: instant(undoneAt),
        plan: view.plan,
      });
      void write([
        { kind: 'impact', key, value: to, shown: change === undefined ? null : { change, stamp: null } },
        ...(line === null ? [] : [newLogEntry(line.incident, line.entry, undoneAt, random)]),
      ]).then((kept) => {
        if (kept !== null)
          toast({ words: `${system.name}: ${known === undefined ? 'not reported' : impactWords[known.impact]} again` });
      });
    };
    toast({ words: `${system.name}: ${impactWords[impact]}`, action: { label: 'Undo', onPress: undo } });
    onClose();
  };
  return (
    <Dialog title={system.name} onClose={onClose}>
      <Form onSubmit={() => void save()}>
        <p>To be back within {planMinutes(system.rto)} of activation.</p>
        <ChoiceField
          legend="How is it now?"
          value={impact}
          fault={tried && impact === null ? 'Choose how it is.' : null}
          options={impactStates.map((value) => ({ value, label: impactWords[value], hint: hints[value] }))}
          onValue={setImpact}
        />
        {impact === 'restored' ? null : (
          <WhenField
            label={`Expected back, if known (${zoneName(zone, opened)})`}
            days="coming"
            zone={zone}
            now={opened}
            value={estimate}
            fault={estimateFault}
            onValue={setEstimate}
          />
        )}
        <TextField label="Note" value={note} maxLength={1000} onValue={setNote} />
        <DialogActions>
          <Button kind="primary" type="submit">
            Save
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
