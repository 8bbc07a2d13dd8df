import { examplesIn } from '../domain/plan/examples.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { Banner } from '../ui/banner.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { counted } from './amount-words.ts';

/** That a plan still names people who are made up, before somebody relies on it. */
export function ExamplesNotice({ plan, mayEdit }: { readonly plan: Plan; readonly mayEdit: boolean }) {
  const { contacts, holders } = examplesIn(plan);
  if (contacts + holders === 0) return null;
  const words = [
    contacts === 0 ? null : counted(contacts, 'contact'),
    holders === 0 ? null : counted(holders, 'holder of a role', 'holders of roles'),
  ].filter((part) => part !== null);
  return (
    <Banner
      tone="late"
      icon="warning"
      title={`${words.join(' and ')} ${contacts + holders === 1 ? 'is still an example' : 'are still examples'}.`}
      action={
        mayEdit ? (
          <ButtonLink fit href="/draft">
            Change the plan
          </ButtonLink>
        ) : null
      }
    >
      Nobody answers there. Put in your own people and numbers and publish them before a real start.
    </Banner>
  );
}
