import type { IncidentId, PersonId, RoleId } from '../../domain/ids.ts';
import type { Incident } from '../../domain/incident/incident.ts';
import type { KnownTraining } from '../../domain/training/training-due.ts';
import { localDate } from '../../parts/time-words.ts';
import { useRecord, useRecords } from '../../parts/use-live.ts';
import type { TrainingRecord } from '../../parts/use-training.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import type { PeopleView } from './people-page.tsx';
import { TrainingDialog } from './training-dialog.tsx';

/** Exercises that were closed and are in no training record yet. */
export function ClosedExercises({
  known,
  onRecord,
}: {
  readonly known: readonly KnownTraining[];
  readonly onRecord: (incident: IncidentId) => void;
}) {
  const incidents = useRecords('incident', '');
  const recorded = new Set(known.map(({ training }) => training.incident));
  return (incidents ?? []).map(({ key, value }) =>
    value === null || !isClosedExercise(value) || recorded.has(key as IncidentId) ? null : (
      <Banner
        key={key}
        title={`The exercise “${value.title}” is not in the training record.`}
        action={
          <Button fit onClick={() => onRecord(key as IncidentId)}>
            Record it
          </Button>
        }
      />
    ),
  );
}

function isClosedExercise({ mode, status, mergedInto }: Incident): boolean {
  return mode === 'exercise' && status === 'closed' && mergedInto === null;
}

/** The form, begun with what the exercise says of itself: its day, its roles and everybody who worked in it. */
export function ExerciseDialog({
  view,
  record,
  incident,
  onClose,
}: {
  readonly view: PeopleView;
  readonly record: TrainingRecord;
  readonly incident: IncidentId;
  readonly onClose: () => void;
}) {
  const exercise = useRecord('incident', incident);
  const assignments = useRecords('assignment', `${incident}/`);
  const tasks = useRecords('task', `${incident}/`);
  const log = useRecords('log', `${incident}/`);
  if (exercise?.value == null || assignments === undefined || tasks === undefined || log === undefined) return null;
  const { title, startedAt, zone } = exercise.value;
  const parts = assignments.map(({ key }) => key.split('/'));
  const reporters = [...tasks, ...log].flatMap(({ value }) => value?.by ?? []);
  const people = new Set([...parts.map(([, , person]) => person as PersonId), ...reporters]);
  return (
    <TrainingDialog
      view={view}
      record={record}
      of={null}
      begin={{
        type: 'exercise',
        title,
        date: localDate(startedAt, zone),
        people: [...people].filter((person) => view.people.has(person)),
        roles: [...new Set(parts.map(([, role]) => role as RoleId))],
        next: null,
        notes: '',
        incident,
      }}
      onClose={onClose}
    />
  );
}
