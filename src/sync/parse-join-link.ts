import { normalJoinCode } from '../domain/sync/codes.ts';

/**
 * The normal form of a code, out of what a person typed, pasted or scanned: the bare code (case, spaces and dashes don't count)
 * or a link `…/join#CODE`. Null where it can't be one.
 */
export function parseJoinLink(typed: string): string | null {
  const text = typed.trim();
  const hash = text.indexOf('#');
  if (hash === -1) return normalJoinCode(text);
  const fragment = text.slice(hash + 1);
  try {
    return normalJoinCode(decodeURIComponent(fragment));
  } catch {
    return null;
  }
}
