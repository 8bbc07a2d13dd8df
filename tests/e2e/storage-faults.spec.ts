import type { Page } from '@playwright/test';
import { goTo, startAlone, taskRow, tick } from './support/phone.ts';
import { expect, test } from './support/test.ts';

/*
 * What IndexedDB's stand-in can't show: a real browser's deletion, versions and windows without a database, and what is then on the
 * screen. A full disk and a dropped connection are put in at the browser's own calls, as no browser does them on demand.
 */

type Trouble = { full?: boolean; drops?: number };

/** Before the first page: Dexie binds some of these calls when it opens the database. */
async function troubled(page: Page): Promise<(trouble: Trouble) => Promise<void>> {
  await page.addInitScript(() => {
    const state = globalThis as unknown as Trouble;
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...args) {
      if ((state.drops ?? 0) > 0) {
        state.drops = (state.drops ?? 0) - 1;
        throw new DOMException('Connection to Indexed Database server lost', 'UnknownError');
      }
      return transaction.apply(this, args);
    };
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (...args) {
      if (state.full === true) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      return put.apply(this, args);
    };
  });
  return async (trouble) => {
    await page.evaluate((wanted) => void Object.assign(globalThis, wanted), trouble);
  };
}

/** Another page of the same origin that holds the app's database in some version, as an older or newer app would. */
async function holdDatabase(page: Page, origin: string, version: number, keepsOpen: boolean): Promise<void> {
  // an empty page that asks for no icon
  await page.route(`${origin}/beside`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><link rel="icon" href="data:,">' }),
  );
  await page.goto(`${origin}/beside`);
  await page.evaluate(
    async ([wanted, keeps]) => {
      await new Promise((resolve, reject) => {
        const asked = indexedDB.open('holdfast', wanted);
        asked.addEventListener('success', () => {
          // never closed on `versionchange`: this is the tab that stands in the way
          if (!keeps) asked.result.close();
          resolve(null);
        });
        asked.addEventListener('error', () => reject(asked.error ?? new Error('not opened')));
      });
    },
    [version, keepsOpen] as const,
  );
}

test('[REL-28] a full disk: said at the press, nothing is called saved, and saved once there is room', async ({
  server,
  page,
}) => {
  const make = await troubled(page);
  await startAlone(page, server.origin, 'Ana');
  await goTo(page, 'Checklist');
  await expect(taskRow(page, 'CMD-01')).toBeVisible();
  await make({ full: true });
  await page.getByRole('button', { name: 'Mark CMD-01 done' }).click();
  await expect(page.getByText('The last change is not on this phone.', { exact: false })).toBeVisible();
  await expect(page.getByText(/^Not saved\. The storage of this device is full\./).first()).toBeVisible();
  await expect(taskRow(page, 'CMD-01')).not.toContainText(/done \d\d:\d\d/);
  await make({ full: false });
  await tick(page, 'CMD-01');
  await expect(page.getByText(/^Saved on this phone/)).toBeVisible();
});

test('[REL-29] a connection that the browser drops is opened again, at most three times, then said loudly; never an empty plan', async ({
  server,
  page,
}) => {
  const make = await troubled(page);
  await startAlone(page, server.origin, 'Ana');
  await goTo(page, 'Checklist');
  await expect(taskRow(page, 'CMD-01')).toBeVisible();
  await make({ drops: 3 });
  await tick(page, 'CMD-01');
  await make({ drops: 1_000_000 });
  await page.getByRole('button', { name: 'Mark CMD-02 done' }).click();
  await expect(page.getByText('The last change is not on this phone.', { exact: false })).toBeVisible();
  await expect(page.getByText(/^Not saved\. The browser closed the storage of this app/).first()).toBeVisible();
  await expect(taskRow(page, 'CMD-01')).toContainText(/done \d\d:\d\d/);
  await make({ drops: 0 });
  await tick(page, 'CMD-02');
  await expect(page.getByText(/^Saved on this phone/)).toBeVisible();
});

test('[REL-30] the origin’s data deleted under the open app: said within three seconds, with how to come back, also on a fresh start', async ({
  server,
  page,
}) => {
  await startAlone(page, server.origin, 'Ana');
  await goTo(page, 'Checklist');
  await expect(taskRow(page, 'CMD-01')).toBeVisible();
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Storage.clearDataForOrigin', { origin: server.origin, storageTypes: 'all' });
  await expect(page.getByText('The browser deleted what Holdfast kept on this device.').first()).toBeVisible({
    timeout: 3_000,
  });
  await expect(page.getByText(/join with a new code from your coordinator/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Open again' }).click();
  await expect(page.getByText(/^Used here before\?/)).toBeVisible();
});

test('[REL-31] an old tab that holds the database back, and a database of a newer app: said, left alone, opened when free', async ({
  server,
  page,
  context,
}) => {
  const old = await context.newPage();
  await holdDatabase(old, server.origin, 1, true);
  await page.goto(server.origin);
  await expect(
    page.getByRole('heading', { name: 'Holdfast is open in another tab with an older version.' }),
  ).toBeVisible();
  await old.close();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('button', { name: /Set up a new plan/ })).toBeVisible();

  const newer = await context.newPage();
  await holdDatabase(newer, server.origin, 99_990, false);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'A newer Holdfast has worked on this device.' })).toBeVisible();
  const version = await newer.evaluate(async () => (await indexedDB.databases())[0]?.version);
  expect(version).toBe(99_990);
});

test('[REL-32] a browser without IndexedDB, or one that refuses it: said loudly at start', async ({
  server,
  phone,
}) => {
  const without = await phone();
  await without.addInitScript(() => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }));
  const refusing = await phone();
  await refusing.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  });
  for (const page of [without, refusing]) {
    await page.goto(server.origin);
    const said = page.getByRole('heading', {
      name: 'This browser does not let Holdfast keep anything on this device.',
    });
    await expect(said).toBeVisible();
    await expect(page.getByText(/Until then work from your paper role card/)).toBeVisible();
  }
});
