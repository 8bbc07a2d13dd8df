import type { Rights } from '../access/access.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256Base64url } from './hash.ts';

/** A person whose grant was taken away sees nothing. */
export const noView = 'none';

/**
 * Names what a device may see (protocol.md, "What a device may see changed"): person, level, roles, and `covers`, what the roles
 * give today, one text each. Two devices with the same name see the same; a change of it makes the app fill a new replica.
 */
export function viewName(rights: Rights | null, covers: readonly string[]): string {
  if (rights === null) return noView;
  // Coordinators and observers see the same whatever their roles are.
  const roles = rights.access === 'coordinator' || rights.access === 'observer' ? [] : [...rights.roles].sort();
  const named = canonicalJson([rights.person, rights.access, roles, [...covers].sort()]);
  return `${rights.access}.${sha256Base64url(named).slice(0, 22)}`;
}
