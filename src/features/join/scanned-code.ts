import { isCardPath } from '../../domain/card/card-path.ts';
import { normalJoinCode, shownJoinCode } from '../../domain/sync/codes.ts';

export type Scanned =
  | { readonly tag: 'code'; readonly code: string }
  | { readonly tag: 'other-server' }
  | { readonly tag: 'role-card' }
  | { readonly tag: 'other' };

/** What a scanned text is to somebody who wants to join at `origin`: the link of an invitation, a bare code, or something else. */
export function scannedCode(text: string, origin: string): Scanned {
  const bare = normalJoinCode(text);
  if (bare !== null) return { tag: 'code', code: shownJoinCode(bare) };
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !url.protocol.startsWith('http')) return { tag: 'other' };
  const code = url.pathname === '/join' ? normalJoinCode(url.hash.slice(1)) : null;
  const isCard = isCardPath(url.pathname);
  if (code === null && !isCard) return { tag: 'other' };
  if (url.origin !== origin) return { tag: 'other-server' };
  return code === null ? { tag: 'role-card' } : { tag: 'code', code: shownJoinCode(code) };
}
