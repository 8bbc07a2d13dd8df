import { useEffect, useState } from 'react';

/** Whether `afterFirstScreen` has come; says that the first screen stands, once `isShown`. */
export function useFirstScreen(isShown: boolean): boolean {
  const [settled, setSettled] = useState(false);
  useFirstScreenShown(isShown);
  useEffect(() => {
    let listening = true;
    void afterFirstScreen().then(() => listening && setSettled(true));
    return () => {
      listening = false;
    };
  }, []);
  return settled;
}

/** At the latest then: a screen that can't be shown must not keep the engine from sending. */
const longestWaitMs = 4_000;

let tell: () => void = () => undefined;
const shown = new Promise<void>((resolve) => {
  tell = resolve;
});

/** Says that the first screen stands, once `isShown`. */
export function useFirstScreenShown(isShown: boolean): void {
  useEffect(() => {
    if (isShown) tell();
  }, [isShown]);
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
