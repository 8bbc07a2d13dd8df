import { useEffect, useLayoutEffect, useState } from 'react';

/** At the latest then: a screen that can't be shown must not keep the engine from sending. */
const longestWaitMs = 4_000;

let tell: () => void = () => undefined;
const shown = new Promise<void>((resolve) => {
  tell = resolve;
});

/** Of a screen that takes the whole page: says that the first one stands, once `isShown`. True when `afterFirstScreen` has come. */
export function useFirstScreen(isShown: boolean): boolean {
  const [settled, setSettled] = useState(false);
  useLayoutEffect(() => document.getElementById('splash')?.remove(), []);
  useEffect(() => {
    if (isShown) tell();
  }, [isShown]);
  useEffect(() => {
    let listening = true;
    void afterFirstScreen().then(() => listening && setSettled(true));
    return () => {
      listening = false;
    };
  }, []);
  return settled;
}

/**
 * Resolves when a person can read and press the first screen and the page has a moment to spare. What that screen does not need
 * (sending, updates) starts here, because on a slow phone it would keep the plan from the screen.
 */
export async function afterFirstScreen(): Promise<void> {
  await Promise.race([shown, new Promise((resolve) => setTimeout(resolve, longestWaitMs))]);
  await new Promise<void>((resolve) => {
    if ('requestIdleCallback' in window) window.requestIdleCallback(() => resolve(), { timeout: 1_000 });
    else setTimeout(resolve, 200);
  });
}
