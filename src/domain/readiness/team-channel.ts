import type { RoleId } from '../ids.ts';
import type { Plan } from '../plan/plan.ts';

/**
 * Where a person's team is reached, as the plan says it: the channel of their first role that has one, else that of the command,
 * else the command's telephone. Null where the plan names none.
 */
export function teamChannel(plan: Plan, roles: readonly RoleId[]): string | null {
  const own = roles.map((role) => plan.roleById.get(role)?.channel).find(isGiven);
  return [own, plan.header?.commandChannel, plan.header?.commandPhone].find(isGiven) ?? null;
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}
