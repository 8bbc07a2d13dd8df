import type { PlanHash, RoleId } from '../ids.ts';
import type { Json } from '../json.ts';
import { composeRoleCards } from '../card/role-card.ts';
import type { Plan } from '../plan/plan.ts';
import { canonicalJson } from '../sync/canonical-json.ts';
import { sha256Hex } from '../sync/hash.ts';

export type CardPrints = ReadonlyMap<RoleId, string>;

const noVersion = '' as PlanHash;

/**
 * What each role's card says, as 16 hex digits: the same for two versions of a plan exactly if a person who read the card of one
 * has read that of the other. Salts, places among others and the version's own name do not count; people's own contacts and an
 * incident are no part of it.
 */
export function cardPrints(plan: Plan): CardPrints {
  const source = { plan, hash: noVersion, number: 0, people: new Map(), incident: null };
  const { header } = plan;
  const head = header && {
    location: header.commandLocation,
    alternate: header.alternateLocation ?? null,
    phone: header.commandPhone,
    channel: header.commandChannel ?? null,
  };
  return new Map(
    composeRoleCards(source).map(({ path: _, ...card }) => [
      card.role.id,
      sha256Hex(canonicalJson({ head, card: told(card) })).slice(0, 16),
    ]),
  );
}

/** A value without what no reader sees. */
function told(value: unknown): Json {
  if (Array.isArray(value)) return value.map(told);
  if (typeof value !== 'object' || value === null) return (value ?? null) as Json;
  const fields = Object.entries(value).filter(([name, field]) => !unseen.has(name) && field !== undefined);
  return Object.fromEntries(fields.map(([name, field]) => [name, told(field)]));
}

/** Who holds a role is on no card: those who stand assigned are. */
const unseen: ReadonlySet<string> = new Set(['salt', 'order', 'holders']);
