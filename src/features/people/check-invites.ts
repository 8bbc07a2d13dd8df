import { accessLevels, type AccessLevel, type Grant } from '../../domain/access/access.ts';
import type { PersonId, RoleId } from '../../domain/ids.ts';
import { nameKey } from '../../domain/name-key.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { accessWords } from '../../parts/access-words.ts';
import type { Me } from '../../parts/use-me.ts';
import type { People } from '../../parts/use-people.ts';
import type { ListedPerson } from './read-invite-list.ts';

/** What the list is checked against. */
export type Known = {
  readonly me: Me;
  readonly people: People;
  readonly plan: Plan | null;
  readonly grants: ReadonlyMap<PersonId, Grant | null>;
};

/** A row of the list: whom it would invite, or what is wrong with it. */
export type Checked =
  | {
      readonly tag: 'good';
      readonly name: string;
      readonly person: PersonId | null;
      readonly access: AccessLevel;
      readonly roles: readonly RoleId[];
      /** What a coordinator should know before. */
      readonly note: string | null;
    }
  | { readonly tag: 'wrong'; readonly fault: string };

/** Marks every row, in its order. Twice the same name is said at the second. */
export function checkInvites(list: readonly ListedPerson[], known: Known): readonly Checked[] {
  const seen = new Set<string>();
  return list.map((row) => {
    const name = nameKey(row.name);
    const isTwice = seen.has(name);
    seen.add(name);
    return isTwice && name !== '' ? wrong('This name stands further up already.') : checkOne(row, known);
  });
}

function checkOne(row: ListedPerson, known: Known): Checked {
  const name = row.name.trim();
  if (name === '') return wrong('The name is missing.');
  if (name.length > 200) return wrong('The name is too long.');
  const access = accessLevels.find((level) => level === row.access) ?? (row.access === null ? 'responder' : null);
  if (access === null)
    return wrong(`“${String(row.access)}” is no access level: write coordinator, responder, observer or vendor.`);
  const roles = rolesOf(row.roles, known.plan);
  if (typeof roles === 'string') return wrong(roles);
  if (access === 'vendor' && roles.length === 0 && known.plan !== null)
    return wrong('A vendor sees the parts of its own roles only: give at least one role.');
  const same = [...known.people].filter(([, person]) => nameKey(person.name) === nameKey(name));
  if (same.length > 1) return wrong('Several people here have this name: invite this one by itself.');
  const person = same[0]?.[0] ?? null;
  const held = person === null ? null : (known.grants.get(person) ?? null);
  if (person === known.me.person && access !== known.me.access) return wrong('This would change your own access.');
  return { tag: 'good', name, person, access, roles, note: noteOf(person, held, access) };
}

function noteOf(person: PersonId | null, held: Grant | null, access: AccessLevel): string | null {
  if (person === null) return null;
  if (held === null || held.access === access) return 'Known here: one more device of theirs.';
  return `Known here: their access changes from ${accessWords[held.access].label} to ${accessWords[access].label}.`;
}

/** Role ids, or what is wrong. A cell that is no role as a whole may name several. */
function rolesOf(cells: readonly string[], plan: Plan | null): readonly RoleId[] | string {
  if (cells.length > 0 && plan === null) return 'Roles can be given once a plan is published.';
  const found: RoleId[] = [];
  for (const cell of cells) {
    const whole = roleOf(cell, plan);
    const parts = whole === null ? cell.split(/[;|,]/).map((part) => part.trim()) : [cell];
    for (const part of parts.filter((each) => each !== '')) {
      const role = roleOf(part, plan);
      if (role === null) return `The plan has no role “${part}”.`;
      if (!found.includes(role)) found.push(role);
    }
  }
  return found;
}

function roleOf(written: string, plan: Plan | null): RoleId | null {
  const key = nameKey(written);
  return plan?.roles.find(({ id, title }) => nameKey(id) === key || nameKey(title) === key)?.id ?? null;
}

function wrong(fault: string): Checked {
  return { tag: 'wrong', fault };
}
