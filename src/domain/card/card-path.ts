import type { PlanHash, RoleId } from '../ids.ts';

const digits = 8;

/** What a card's QR code opens: the role, and which plan version the card is of (issue: `/r/<plan hash prefix>/<role>`). */
export function cardPath(hash: PlanHash, role: RoleId): string {
  return `/r/${hash.slice(0, digits)}/${role}`;
}

export function isCardPath(path: string): boolean {
  return new RegExp(`^/r/[0-9a-f]{${String(digits)}}/[^/]+$`).test(path);
}
