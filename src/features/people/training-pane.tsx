import { useState } from 'react';
import type { IncidentId } from '../../domain/ids.ts';
import { byDate, dueTraining, typeWords, type KnownTraining } from '../../domain/training/training-due.ts';
import { inWords } from '../../parts/list-words.ts';
import { roleTitles } from '../../parts/rights-words.ts';
import { nameOf } from '../../parts/use-people.ts';
import { useTraining, type TrainingRecord } from '../../parts/use-training.ts';
import { useWrite } from '../../parts/use-write.ts';
import { Button } from '../../ui/button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { LateMark } from '../../ui/late-mark.tsx';
import { ActionRow, RowList, Stack } from '../../ui/stack.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { ClosedExercises, ExerciseDialog } from './closed-exercises.tsx';
import { Pane } from './pane.tsx';
import type { PeopleView } from './people-page.tsx';
import { SaveTraining } from './save-training.tsx';
import { TrainingDialog } from './training-dialog.tsx';

type Asking =
  | { readonly ask: 'new' }
  | { readonly ask: 'edit'; readonly of: KnownTraining }
  | { readonly ask: 'exercise'; readonly incident: IncidentId };

const shownAtFirst = 40;

/** Briefings, exercises, reviews and tests: what was, with whom, and what is due again. */
export function TrainingPane({ view }: { readonly view: PeopleView }) {
  const training = useTraining();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [most, setMost] = useState(shownAtFirst);
  if (training === undefined) return null;
  const { known, today } = training;
  const writes = view.me.access === 'coordinator';
  const due = dueTraining(known, today);
  const close = () => setAsking(null);
  return (
    <Pane title="Training">
      {writes ? (
        <>
          <ClosedExercises known={known} onRecord={(incident) => setAsking({ ask: 'exercise', incident })} />
          <Button kind="primary" icon="add" onClick={() => setAsking({ ask: 'new' })}>
            Record training
          </Button>
        </>
      ) : null}
      {due.length === 0 ? null : (
        <Stack close>
          <GroupTitle>Due again</GroupTitle>
          <ul role="list" aria-label="Due again">
            {due.map(({ id, next, overdue, training: { title, type } }) => (
              <li key={id}>
                <p>
                  {overdue ? <LateMark>▲ overdue</LateMark> : 'Due'} {next}: {title} ({typeWords[type]})
                </p>
              </li>
            ))}
          </ul>
        </Stack>
      )}
      <Stack close>
        <GroupTitle aside={`${known.length}`}>Recorded</GroupTitle>
        {known.length === 0 ? (
          <EmptyState title="No training is recorded yet.">
            {writes
              ? 'Record a briefing, an exercise, a review or a test; then it says here when the next one is due.'
              : 'A coordinator records it.'}
          </EmptyState>
        ) : (
          <RowList label="Recorded">
            {byDate(known)
              .slice(0, most)
              .map((each) => (
                <li key={each.id}>
                  <TrainingRow
                    view={view}
                    record={training}
                    of={each}
                    onEdit={writes ? () => setAsking({ ask: 'edit', of: each }) : null}
                  />
                </li>
              ))}
          </RowList>
        )}
        {known.length > most ? <Button onClick={() => setMost(most + shownAtFirst)}>Show more</Button> : null}
        {known.length === 0 ? null : <SaveTraining view={view} known={known} />}
      </Stack>
      {asking?.ask === 'exercise' ? (
        <ExerciseDialog view={view} record={training} incident={asking.incident} onClose={close} />
      ) : asking === null ? null : (
        <TrainingDialog view={view} record={training} of={asking.ask === 'edit' ? asking.of : null} onClose={close} />
      )}
    </Pane>
  );
}

function TrainingRow({
  view,
  record,
  of: { id, training },
  onEdit,
}: {
  readonly view: PeopleView;
  readonly record: TrainingRecord;
  readonly of: KnownTraining;
  /** Null where this person only reads. */
  readonly onEdit: (() => void) | null;
}) {
  const write = useWrite();
  const toast = useToast();
  const { title, type, date, people, roles, next, notes } = training;
  const remove = async () => {
    const saved = await write([{ kind: 'training', key: id, value: null, shown: record.seen(id) }]);
    const change = saved?.[0]?.change;
    if (change === undefined) return;
    const undo = () => void write([{ kind: 'training', key: id, value: training, shown: { change, stamp: null } }]);
    toast({ words: `“${title}” is deleted`, action: { label: 'Undo', onPress: undo } });
  };
  return (
    <Disclosure summary={`${date} · ${title} (${typeWords[type]})`}>
      <Facts
        facts={[
          { name: 'People', value: inWords(people.map((person) => nameOf(view.people, person))) || 'nobody named' },
          {
            name: 'Roles',
            value: inWords(roleTitles(view.plan, roles)) || 'no role named',
          },
          { name: 'Next due', value: next ?? 'not repeated' },
          ...(notes === '' ? [] : [{ name: 'Notes', value: notes }]),
        ]}
      />
      {onEdit === null ? null : (
        <ActionRow>
          <Button aria-label={`Edit ${title}`} onClick={onEdit}>
            Edit
          </Button>
          <Button aria-label={`Delete ${title}`} onClick={() => void remove()}>
            Delete
          </Button>
        </ActionRow>
      )}
    </Disclosure>
  );
}
