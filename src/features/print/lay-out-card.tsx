import { createRoot, type Root } from 'react-dom/client';
import type { CardSource } from '../../domain/card/card-source.ts';
import { composeRoleCards } from '../../domain/card/role-card.ts';
import type { RoleId } from '../../domain/ids.ts';
import type { Millis } from '../../domain/time.ts';
import { Measurer } from './measurer.tsx';
import { roleCardDocument } from './role-card-document.tsx';
import type { LaidOut } from './sheet.tsx';

/** A slow phone needs two seconds for the longest card of a large plan. */
const longest: Millis = 30_000;

/** Sets a role's card out of sight, as its preview does, and gives the number of its pages; null where they can't be set. */
export async function layOutCard(source: CardSource, role: RoleId, now: Millis): Promise<number | null> {
  const card = composeRoleCards(source).find((each) => each.role.id === role);
  if (card === undefined) return null;
  const frame = { source, records: null, exercise: false, contactsFrom: null, takenAt: now, granted: new Map() };
  const paper = roleCardDocument(card, frame, window.location.origin);
  const place = document.createElement('div');
  document.body.append(place);
  let root: Root | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const laidOut = await new Promise<LaidOut | null>((resolve) => {
      timer = setTimeout(() => resolve(null), longest);
      root = createRoot(place, { onUncaughtError: () => resolve(null) });
      root.render(<Measurer document={paper} paper="a4" onLaidOut={resolve} />);
    });
    return laidOut?.pages.length ?? null;
  } finally {
    clearTimeout(timer);
    root?.unmount();
    place.remove();
  }
}
