import type { RoleId } from '../ids.ts';
import type { Plan } from './plan.ts';

/** A role by its title. A vendor's copy of the plan withholds the other roles: all that can be said of them is that they exist. */
export function titleOfRole(plan: Plan, role: RoleId): string {
  return plan.roleById.get(role)?.title ?? 'a role of the organisation';
}
