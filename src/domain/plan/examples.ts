import type { Plan } from './plan.ts';

/** How a sample plan marks a name that stands for nobody. */
const mark = '(example)';

/** How many contacts and holders of the plan are still a sample's: whoever calls one of them reaches nobody. */
export function examplesIn({ contacts, roles }: Pick<Plan, 'contacts' | 'roles'>): {
  readonly contacts: number;
  readonly holders: number;
} {
  const marked = ({ name }: { readonly name: string }) => name.includes(mark);
  return {
    contacts: contacts.filter(marked).length,
    holders: roles.flatMap(({ holders }) => holders).filter(marked).length,
  };
}
