import { expect, test } from './support/test.ts';

test('[LOOK-1] says what is coming while the app is still on its way, and is gone with the first screen', async ({
  page,
  server,
}) => {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route('**/assets/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(server.origin, { waitUntil: 'commit' });
  const words = page.getByText('Opening them needs no network.');
  await expect(words).toBeVisible();
  letGo();
  await expect(page.getByRole('heading', { name: 'The recovery plan that works' })).toBeVisible();
  await expect(words).toHaveCount(0);
  // what loads behind the first screen is not cut off by the end of the test
  await page.waitForLoadState('networkidle');
});
