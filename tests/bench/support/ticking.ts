import type { Page } from '@playwright/test';

export type Ticked = {
  /** From the press until the app's transaction is complete on disk. */
  readonly ticks: readonly number[];
  /** From the press until the screen says that it is saved. */
  readonly screens: readonly number[];
  /** From `put` until the transaction is complete on disk. */
  readonly puts: readonly number[];
};

/** From the page's next opening on: notes when each writing transaction of the app is complete. */
export async function noteWrites(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const completed: number[] = [];
    Object.assign(window, { completed });
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...asked: Parameters<typeof begin>) {
      const begun = begin.apply(this, asked);
      if (this.name === 'holdfast' && begun.mode === 'readwrite')
        begun.addEventListener('complete', () => completed.push(performance.now()));
      return begun;
    };
  });
  await page.reload();
}

/**
 * Marks `many` tasks of the Checklist done, one press after the other, each followed by `puts` bare strict puts of IndexedDB.
 * The page must note its writes. `pause` in ms.
 */
export async function tickMany(page: Page, many: number, puts: number, pause: number): Promise<Ticked> {
  await page.getByRole('group', { name: 'Which tasks' }).getByText(/^All/).click();
  return page.evaluate(tickInPage, { many, putsEach: puts, pause });
}

type Ticking = { readonly many: number; readonly putsEach: number; readonly pause: number };

async function tickInPage({ many, putsEach, pause }: Ticking): Promise<Ticked> {
  const ticks: number[] = [];
  const screens: number[] = [];
  const { completed } = window as unknown as { readonly completed: readonly number[] };
  const puts: number[] = [];
  const bare = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('bare', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('puts');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error('not opened'));
  });
  const put = (key: number) =>
    new Promise<number>((resolve, reject) => {
      const began = performance.now();
      const writing = bare.transaction('puts', 'readwrite', { durability: 'strict' });
      writing.objectStore('puts').put({ status: 'done', reason: null, at: new Date().toISOString(), key }, key);
      writing.oncomplete = () => resolve(performance.now() - began);
      writing.onerror = () => reject(writing.error ?? new Error('not written'));
    });
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const scroller = document.querySelector('[data-scroller]') ?? document.documentElement;
  const codeOf = (button: HTMLButtonElement) => (button.getAttribute('aria-label') ?? '').replace(/^Mark | done$/g, '');
  // a row that was just marked keeps its button until the list is drawn anew
  const free = () =>
    [...document.querySelectorAll<HTMLElement>('[role="listitem"]')]
      .filter((row) => !(row.textContent ?? '').includes('waits for'))
      .flatMap((row) => [...row.querySelectorAll<HTMLButtonElement>('button[aria-label^="Mark "]')])
      .find((button) => !(document.body.textContent ?? '').includes(`${codeOf(button)} marked done`));
  const said = (words: string) =>
    new Promise<number>((resolve) => {
      const look = new MutationObserver(() => {
        if (!(document.body.textContent ?? '').includes(words)) return;
        look.disconnect();
        resolve(performance.now());
      });
      look.observe(document.body, { childList: true, subtree: true, characterData: true });
    });
  while (ticks.length < many) {
    const button = free();
    if (button === undefined) {
      const before = scroller.scrollTop;
      scroller.scrollTop += 400;
      await frame();
      if (scroller.scrollTop === before) scroller.scrollTop = 0;
      await frame();
      continue;
    }
    const code = codeOf(button);
    const saved = said(`${code} marked done`);
    const began = performance.now();
    // a press near the last one is taken for a slip, and marks nothing
    button.dispatchEvent(new MouseEvent('click', { bubbles: true, clientY: 100 * (ticks.length % 2) }));
    const shown = await saved;
    const durable = completed.findLast((at) => at >= began && at <= shown);
    if (durable === undefined) throw new Error(`${code} was called saved before its transaction was complete`);
    ticks.push(durable - began);
    screens.push(shown - began);
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    for (let each = 0; each < putsEach; each += 1) puts.push(await put(puts.length));
  }
  bare.close();
  return { ticks, screens, puts };
}
