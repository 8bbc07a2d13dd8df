import type { RoleId } from '../ids.ts';
import type { Plan } from './plan.ts';

/**
 * A role by its title. A vendor's copy of the plan withholds the other roles' items, so that only their ids are known there: the
 * id is then given in words, as it was made from the title.
 */
export function titleOfRole(plan: Plan, role: RoleId): string {
  return plan.roleById.get(role)?.title ?? role.replaceAll('-', ' ');
}
