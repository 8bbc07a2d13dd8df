import { dueTraining } from '../../domain/training/training-due.ts';
import { useTraining } from '../../parts/use-training.ts';
import { LateMark } from '../../ui/late-mark.tsx';

/** In one line whether training is as it should be. */
export function TrainingLine() {
  const training = useTraining();
  const known = training?.known ?? [];
  if (known.length === 0) return <>Briefings, exercises and reviews; nothing is recorded yet</>;
  const overdue = dueTraining(known, training?.today ?? '').filter((each) => each.overdue).length;
  return (
    <>
      {known.length} recorded{overdue === 0 ? '' : ' · '}
      {overdue === 0 ? null : <LateMark>▲ {overdue} overdue</LateMark>}
    </>
  );
}
