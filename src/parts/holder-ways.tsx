import type { Holder } from '../domain/plan/plan-item.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { keyed } from './keyed.ts';
import type { People } from './use-people.ts';
import { WayToReach } from './way-to-reach.tsx';
import styles from './holder-ways.module.css';

type Means = { readonly type: string; readonly value: string };

/** How to reach a holder of the plan. */
export function HolderWays({
  plan,
  people,
  holder,
}: {
  readonly plan: Plan;
  readonly people: People;
  readonly holder: Holder;
}) {
  return <Ways means={meansOf(plan, people, holder)} />;
}

/** The person's own contacts where they are known, else those of the plan (product.md, Role). */
export function meansOf(plan: Plan, people: People, holder: Holder): readonly Means[] {
  const contact = plan.contacts.find(({ id }) => id === holder.contact);
  const person = holder.kind === 'person' ? (holder.person ?? contact?.person) : undefined;
  const own = person === undefined ? [] : (people.get(person)?.contacts ?? []);
  return own.length > 0 ? own : (contact?.means ?? []);
}

export function Ways({ means }: { readonly means: readonly Means[] }) {
  if (means.length === 0) return <p>No contacts known.</p>;
  return (
    <ul role="list" className={styles.ways}>
      {keyed(means, ({ value }) => value).map(({ key, member }) => (
        <li key={key}>
          <WayToReach means={member} />
        </li>
      ))}
    </ul>
  );
}
