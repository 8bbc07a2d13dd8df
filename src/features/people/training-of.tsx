import { capitalised } from '../../domain/sentence.ts';
import { dueTraining, lastWords, type KnownTraining } from '../../domain/training/training-due.ts';
import { useTraining, type TrainingRecord } from '../../parts/use-training.ts';
import { GroupTitle } from '../../ui/heading.tsx';
import { LateMark } from '../../ui/late-mark.tsx';
import { RowLink } from '../../ui/row-link.tsx';
import { Stack } from '../../ui/stack.tsx';

/** What one person or role took part in, and what comes next. */
export function TrainingOf({ pick }: { readonly pick: (training: TrainingRecord) => readonly KnownTraining[] }) {
  const training = useTraining();
  if (training === undefined) return null;
  const own = pick(training);
  const ids = new Set(own.map(({ id }) => id));
  const [next] = dueTraining(training.known, training.today).filter(({ id }) => ids.has(id));
  const last = lastWords(own, training.today);
  return (
    <Stack close>
      <GroupTitle>Training</GroupTitle>
      <p>
        {own.length === 0 ? 'Nothing is recorded.' : last === '' ? 'Nothing was held yet.' : `${capitalised(last)}.`}
      </p>
      {next === undefined ? null : (
        <p>
          {next.overdue ? <LateMark>▲ overdue</LateMark> : 'Next due'} {next.next}: {next.training.title}
        </p>
      )}
      <RowLink href="/people/training" title="All training" />
    </Stack>
  );
}
