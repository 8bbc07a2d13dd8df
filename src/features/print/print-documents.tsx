import { composeRoleCards, type RoleCard } from '../../domain/card/role-card.ts';
import type { RoleId } from '../../domain/ids.ts';
import type { Millis } from '../../domain/time.ts';
import { callTreeSheet } from './call-tree-sheet.tsx';
import { communicationsSheet } from './communications-sheet.tsx';
import { contactSheet } from './contact-sheet.tsx';
import { logSheets } from './log-sheets.tsx';
import type { PaperDocument } from './paper-document.ts';
import { sheetKinds, wantedRoles, type PrintChoice, type SheetKind } from './print-choice.ts';
import { roleCardDocument } from './role-card-document.tsx';
import type { Frame } from './sheet-frame.tsx';
import { timelineSheet } from './timeline-sheet.tsx';

/** Everything that was chosen, as documents in the order of printing. */
export function printDocuments(
  choice: PrintChoice,
  frame: Frame,
  asOf: Millis,
  mine: readonly RoleId[],
  origin: string,
): readonly PaperDocument[] {
  const make: Readonly<Record<SheetKind, () => readonly PaperDocument[]>> = {
    cards: () => cardDocuments(choice, frame, mine, origin),
    contacts: () => [contactSheet(frame)],
    tree: () => [callTreeSheet(frame)],
    communications: () => [communicationsSheet(frame)],
    timeline: () => [timelineSheet(frame, asOf)],
    logs: () => logSheets(frame, choice.logCount),
  };
  return sheetKinds.filter((kind) => choice.sheets.has(kind)).flatMap((kind) => make[kind]());
}

function cardDocuments(
  choice: PrintChoice,
  frame: Frame,
  mine: readonly RoleId[],
  origin: string,
): readonly PaperDocument[] {
  const wanted = new Set(
    wantedRoles(
      choice,
      frame.source.plan.roles.map(({ id }) => id),
      mine,
    ),
  );
  return composeRoleCards(frame.source)
    .filter(({ role }) => wanted.has(role.id))
    .map((card) => roleCardDocument(choice.blankNames ? withoutNames(card) : card, frame, origin));
}

function withoutNames(card: RoleCard): RoleCard {
  return { ...card, relief: card.relief.map(() => ({ name: '', date: '', start: '' })) };
}
