import type { Plan } from '../domain/plan/plan.ts';
import type { Me } from './use-me.ts';

/** Mirrors what the server enforces (protocol.md, Access levels). */
export function mayActivate(me: Me, plan: Plan): boolean {
  if (me.access === 'coordinator') return true;
  return me.access !== 'observer' && (plan.header?.declaredBy ?? []).some((role) => me.roles.includes(role));
}
