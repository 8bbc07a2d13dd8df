/** What a task's page says of its steps: which are ticked. Rendered from what is on disk, never from the press itself. */
export type StepsSaid = readonly boolean[];

/** Runs in the page: what its steps are said to be now. */
export function stepsSaid(): StepsSaid {
  return [...document.querySelectorAll<HTMLInputElement>('[data-opened] input[type="checkbox"]')].map(
    ({ checked }) => checked,
  );
}

/** Runs in the page: presses a step and waits until the count beside “Steps” says that it is saved. */
export async function pressStep(place: number): Promise<StepsSaid> {
  const boxes = () => [...document.querySelectorAll<HTMLInputElement>('[data-opened] input[type="checkbox"]')];
  const count = () => /Steps\s*(\d+) of \d+/.exec(document.querySelector('[data-opened]')?.textContent ?? '')?.[1];
  const before = count();
  const saved = new Promise<void>((resolve) => {
    const look = new MutationObserver(() => {
      if (count() === before) return;
      look.disconnect();
      resolve();
    });
    look.observe(document.body, { childList: true, subtree: true, characterData: true });
  });
  boxes()[place]?.click();
  await saved;
  return boxes().map(({ checked }) => checked);
}
