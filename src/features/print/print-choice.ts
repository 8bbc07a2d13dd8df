import type { RoleId } from '../../domain/ids.ts';
import { unreachable } from '../../domain/result.ts';

/** What can be put into a print, in the order in which it comes out. */
export const sheetKinds = ['cards', 'contacts', 'tree', 'communications', 'timeline', 'logs'] as const;
export type SheetKind = (typeof sheetKinds)[number];

export type PrintChoice = {
  readonly sheets: ReadonlySet<SheetKind>;
  /** Whose cards: those of the person's own roles, those of all roles, or `roles`. */
  readonly cards: 'mine' | 'all' | 'some';
  readonly roles: ReadonlySet<RoleId>;
  /** Leaves the assignment block empty, for people who are not known yet. */
  readonly blankNames: boolean;
  readonly logCount: number;
};

export function firstChoice(myRoles: readonly RoleId[]): PrintChoice {
  return {
    sheets: new Set(['cards']),
    cards: myRoles.length > 0 ? 'mine' : 'all',
    roles: new Set(),
    blankNames: false,
    logCount: 1,
  };
}

/** The roles whose cards are wanted, in the plan's order. */
export function wantedRoles(choice: PrintChoice, all: readonly RoleId[], mine: readonly RoleId[]): readonly RoleId[] {
  switch (choice.cards) {
    case 'all':
      return all;
    case 'mine':
      return all.filter((role) => mine.includes(role));
    case 'some':
      return all.filter((role) => choice.roles.has(role));
    default:
      return unreachable(choice.cards);
  }
}
