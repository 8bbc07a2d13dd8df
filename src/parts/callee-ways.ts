import type { Callee } from '../domain/communication/call-tree.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { meansOf } from './holder-ways.tsx';
import { nameOf, type People } from './use-people.ts';

/** The person's own name where they are known, else the plan's. */
export function calleeName({ people }: { readonly people: People }, { person, holder }: Callee): string {
  const known = person === null ? undefined : people.get(person)?.name;
  return known ?? holder?.name ?? nameOf(people, person);
}

/** How to reach somebody of the call tree, the first means first. */
export function calleeMeans(plan: Plan, people: People, { person, holder }: Callee): ReturnType<typeof meansOf> {
  if (holder !== null) return meansOf(plan, people, holder);
  return person === null ? [] : (people.get(person)?.contacts ?? []);
}
