import type { AccessLevel } from '../domain/access/access.ts';
import type { RoleId } from '../domain/ids.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { accessWords } from './access-words.ts';
import { roleTitle } from './role-badge.tsx';

/** Access and roles in one line: `Responder · IT Specialists`. `access` is null where this device doesn't know it. */
export function rightsWords(plan: Plan | null, access: AccessLevel | null, roles: readonly RoleId[]): string {
  return [...(access === null ? [] : [accessWords[access].label]), ...roleTitles(plan, roles)].join(' · ');
}

export function roleTitles(plan: Plan | null, roles: readonly RoleId[]): readonly string[] {
  return roles.map((role) => roleTitle(plan, role));
}
