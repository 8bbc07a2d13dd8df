import { useState } from 'react';
import type { PersonId, RoleId } from '../../domain/ids.ts';
import { uuid7, uuid7Bytes } from '../../domain/sync/uuid7.ts';
import { trainingTypes, type Training } from '../../domain/training/training.ts';
import type { KnownTraining } from '../../domain/training/training-due.ts';
import { counted } from '../../parts/amount-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { believedNow } from '../../parts/use-now.ts';
import type { TrainingRecord } from '../../parts/use-training.ts';
import { useWrite } from '../../parts/use-write.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { CheckField, ChoiceField, TextAreaField, TextField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { useToast } from '../../ui/toasts.tsx';
import type { PeopleView } from './people-page.tsx';

type TrainingDialogProps = {
  readonly view: PeopleView;
  readonly record: TrainingRecord;
  /** Null for a new one. */
  readonly of: KnownTraining | null;
  /** What a new one begins with. */
  readonly begin?: Training;
  readonly onClose: () => void;
};

/** Records a briefing, an exercise, a review or a test, or corrects what was recorded. */
export function TrainingDialog({ view, record, of, begin, onClose }: TrainingDialogProps) {
  const { clock, sync, random } = usePorts();
  const write = useWrite();
  const toast = useToast();
  const [value, setValue] = useState<Training>(() => of?.training ?? begin ?? empty(record.today));
  const [faults, setFaults] = useState<{ readonly title?: string; readonly date?: string; readonly next?: string }>({});
  const [busy, setBusy] = useState(false);
  const set = (part: Partial<Training>) => {
    setValue((before) => ({ ...before, ...part }));
    setFaults({});
  };
  const save = async () => {
    const title = value.title.trim();
    const found = {
      ...(title === '' ? { title: 'Say what it was.' } : {}),
      ...(value.date === '' ? { date: 'Say on which day.' } : {}),
      ...(value.next !== null && value.next <= value.date ? { next: 'The next one comes after this one.' } : {}),
    };
    setFaults(found);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    const id = of?.id ?? uuid7(believedNow(clock, sync), random.bytes(uuid7Bytes));
    const saved = await write([{ kind: 'training', key: id, value: { ...value, title }, shown: record.seen(id) }]);
    setBusy(false);
    if (saved === null) return;
    toast({ words: `“${title}” is recorded` });
    onClose();
  };
  return (
    <Dialog title={of === null ? 'Record training' : 'Edit training'} onClose={onClose}>
      <Form onSubmit={() => void save()}>
        <ChoiceField
          compact
          legend="Kind"
          value={value.type}
          options={trainingTypes.map((type) => ({ value: type, label: labels[type] }))}
          onValue={(type) => set({ type })}
        />
        <TextField
          label="What it was"
          value={value.title}
          maxLength={200}
          autoComplete="off"
          fault={faults.title ?? null}
          onValue={(title) => set({ title })}
        />
        <TextField
          label="Date"
          type="date"
          value={value.date}
          fault={faults.date ?? null}
          onValue={(date) => set({ date })}
        />
        <Members view={view} value={value} onValue={set} />
        <TextField
          label="Next one due"
          hint="Leave it empty where it isn’t repeated."
          type="date"
          value={value.next ?? ''}
          fault={faults.next ?? null}
          onValue={(next) => set({ next: next === '' ? null : next })}
        />
        <TextAreaField label="Notes" value={value.notes} maxLength={4000} onValue={(notes) => set({ notes })} />
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

const labels = { briefing: 'Briefing', exercise: 'Exercise', review: 'Review', test: 'Test' } as const;
const shownAtFirst = 30;

/** Who took part, by name and by role. */
function Members({
  view,
  value: { people, roles },
  onValue,
}: {
  readonly view: PeopleView;
  readonly value: Training;
  readonly onValue: (part: Partial<Training>) => void;
}) {
  const [sought, setSought] = useState('');
  const named = [...view.people]
    .filter(([id, { name }]) => people.includes(id) || name.toLowerCase().includes(sought.trim().toLowerCase()))
    .sort(([, a], [, b]) => a.name.localeCompare(b.name));
  const withPerson = (id: PersonId, on: boolean) =>
    onValue({ people: on ? [...people, id] : people.filter((each) => each !== id) });
  const withRole = (id: RoleId, on: boolean) =>
    onValue({ roles: on ? [...roles, id] : roles.filter((each) => each !== id) });
  return (
    <>
      <Disclosure
        summary={`People: ${people.length === 0 ? 'nobody yet' : counted(people.length, 'person', 'people')}`}
      >
        {view.people.size <= shownAtFirst ? null : (
          <TextField label="Search by name" type="search" autoComplete="off" value={sought} onValue={setSought} />
        )}
        {named.slice(0, Math.max(shownAtFirst, people.length)).map(([id, { name }]) => (
          <CheckField key={id} label={name} checked={people.includes(id)} onChecked={(on) => withPerson(id, on)} />
        ))}
      </Disclosure>
      {view.plan === null ? null : (
        <Disclosure summary={`Roles: ${roles.length === 0 ? 'none yet' : counted(roles.length, 'role')}`}>
          {view.plan.roles.map(({ id, title }) => (
            <CheckField key={id} label={title} checked={roles.includes(id)} onChecked={(on) => withRole(id, on)} />
          ))}
        </Disclosure>
      )}
    </>
  );
}

function empty(today: string): Training {
  return { type: 'briefing', title: '', date: today, people: [], roles: [], next: null, notes: '', incident: null };
}
