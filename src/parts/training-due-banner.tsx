import type { RoleId } from '../domain/ids.ts';
import { dueTraining, typeWords } from '../domain/training/training-due.ts';
import { Banner } from '../ui/banner.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { counted } from './amount-words.ts';
import type { Me } from './use-me.ts';
import { useTraining } from './use-training.ts';

/** That training is overdue: to coordinators all of it, to others what concerns them or their roles. */
export function TrainingDueBanner({
  me,
  held,
}: {
  readonly me: Me;
  /** By the grant and by the plan. */
  readonly held: readonly RoleId[];
}) {
  const training = useTraining();
  if (training === undefined) return null;
  const overdue = dueTraining(training.known, training.today).filter(
    ({ overdue: isLate, training: { people, roles } }) =>
      isLate &&
      (me.access === 'coordinator' || people.includes(me.person) || roles.some((role) => held.includes(role))),
  );
  const [first] = overdue;
  if (first === undefined) return null;
  const more = overdue.length - 1;
  return (
    <Banner
      tone="late"
      icon="warning"
      title={`Overdue: the next ${typeWords[first.training.type]} “${first.training.title}” was due ${first.next}.`}
      action={
        <ButtonLink fit href="/people/training">
          Training
        </ButtonLink>
      }
    >
      {more === 0 ? null : `And ${counted(more, 'other', 'others')}.`}
    </Banner>
  );
}
