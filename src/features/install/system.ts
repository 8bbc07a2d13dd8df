/** What installing differs by. */
export const systems = ['android', 'apple', 'desktop'] as const;
export type System = (typeof systems)[number];

/** A guess, only to show the right steps first. An iPad calls itself a Mac; no Mac has a touch screen. */
export function systemOf({ userAgent, maxTouchPoints }: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): System {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'apple';
  if (userAgent.includes('Macintosh') && maxTouchPoints > 1) return 'apple';
  return userAgent.includes('Android') ? 'android' : 'desktop';
}
