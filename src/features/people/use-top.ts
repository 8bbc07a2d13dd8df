import { useEffect, useRef } from 'react';

/** What takes the place of something else at the same address is read from its title on, as if it had an address of its own. */
export function useTop(step: string): void {
  const before = useRef(step);
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    const title = document.querySelector<HTMLElement>('[data-opened] [tabindex="-1"]');
    const pane = title?.closest('[data-scroller="detail"]') ?? null;
    if (pane !== null) pane.scrollTop = 0;
    title?.focus({ preventScroll: true });
  }, [step]);
}
