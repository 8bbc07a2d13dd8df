import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { SelfTest } from '../../../src/domain/ports/self-test.ts';
import { readReport } from '../../../src/domain/readiness/device-report.ts';
import type { SelfTestOutcome } from '../../../src/domain/readiness/self-test.ts';
import { instant } from '../../../src/domain/time.ts';
import { aPhone, aPhoneWithPlan, makeMember, startedAt, type Phone } from '../../support/phone.tsx';

async function test(phone: Phone) {
  phone.open('/test');
  await phone.user.click(await screen.findByRole('button', { name: 'Test now' }));
  await screen.findByRole('button', { name: 'Test again' }, { timeout: 100_000 });
  return (name: RegExp) => within(screen.getByRole('region', { name }));
}

describe('the phone’s test of itself', () => {
  it('[READY-50] tells each check in plain words, and its result goes into the phone’s report', async () => {
    const phone = await aPhoneWithPlan();
    const device = await memberDevice(phone);
    const step = await test(phone);
    expect(step(/plan opens/).getByText(/Version 1 with \d+ tasks/)).toBeVisible();
    expect(step(/kept on disk/).getByText(/written, read back/)).toBeVisible();
    expect(step(/role card/).getByText(/is set on \d+ page/)).toBeVisible();
    expect(step(/sign in/).getByText(/the signature is right/)).toBeVisible();
    // this test has no service worker, and the screen says so
    expect(step(/without a network/).getByText(/would not open/)).toBeVisible();
    expect(screen.getByText(/is not ready/)).toBeVisible();
    expect(await screen.findByText(/goes to your coordinator/)).toBeVisible();
    const kept = await phone.storage.records.read('device', device);
    expect(readReport(kept.ok ? kept.value?.value : null)?.selfTest?.failed).toEqual(['app']);
  });

  it('[READY-52] leaves nothing behind, and says what to do without a plan', async () => {
    const phone = await aPhone();
    const step = await test(phone);
    expect(step(/plan opens/).getByText(/no plan on this device/)).toBeVisible();
    // a device on its own reports to nobody
    expect(screen.getByText(/stays on this screen/)).toBeVisible();
    expect(step(/role card/).getByText(/no card to print/)).toBeVisible();
    const left = await new Promise((resolve, reject) => {
      phone.storage.device.setting('self-test').subscribe(resolve, reject);
    });
    expect(left).toBeNull();
  });
});

describe('a test that does not pass', () => {
  const failing: readonly SelfTestOutcome[] = [
    { check: 'plan', state: 'failed', because: 'altered' },
    { check: 'write', state: 'failed', because: 'full' },
    { check: 'app', state: 'failed', because: 'incomplete', missing: ['/a.js', '/b.js'] },
    { check: 'print', state: 'failed', because: 'not-set' },
    { check: 'key', state: 'failed', because: 'does-not-sign' },
    { check: 'kept', state: 'remark', because: 'may-be-deleted' },
  ];

  const failingTest: SelfTest = {
    run: (_, onProgress) => {
      for (const outcome of failing) onProgress({ check: outcome.check, outcome });
      return Promise.resolve({ at: instant(startedAt), outcomes: failing });
    },
  };

  function giveTest(phone: Phone, selfTest: () => Promise<SelfTest>): void {
    Object.assign(phone.ports, { selfTest });
  }

  it('[READY-55] says of each failure what it is and what to do, and reports which', async () => {
    const phone = await aPhoneWithPlan();
    const device = await memberDevice(phone);
    giveTest(phone, () => Promise.resolve(failingTest));
    const step = await test(phone);
    expect(screen.getByText(/^5 of 6 checks failed/)).toBeVisible();
    for (const [name, words] of [
      [/plan opens/, /Do not work by it/],
      [/kept on disk/, /Delete photos/],
      [/without a network/, /2 files of the app are missing or damaged/],
      [/role card/, /another device meanwhile/],
      [/sign in/, /could not sign in again/],
      [/browser keeps/, /Install the app, and print/],
    ] as const)
      expect(step(name).getByText(words)).toBeVisible();
    expect(step(/browser keeps/).getByText(/works, but know this/)).toBeVisible();
    const kept = await phone.storage.records.read('device', device);
    expect(readReport(kept.ok ? kept.value?.value : null)?.selfTest?.failed).toHaveLength(5);
  });

  it('[READY-56] a result that can’t be saved is not said to go to anybody', async () => {
    const phone = await aPhoneWithPlan();
    await memberDevice(phone);
    giveTest(phone, () => Promise.resolve(failingTest));
    phone.failWrites({ tag: 'storage-full' });
    await test(phone);
    expect(screen.getByText(/could not be saved, so your coordinator does not get it/)).toBeVisible();
    expect(screen.queryByText(/goes to your coordinator/)).toBeNull();
  });

  it('[READY-57] one that breaks off says so, and is done again with one press', async () => {
    const phone = await aPhoneWithPlan();
    let tries = 0;
    giveTest(phone, () => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('its code is not here')) : Promise.resolve(failingTest);
    });
    phone.open('/test');
    await phone.user.click(await screen.findByRole('button', { name: 'Test now' }));
    expect(await screen.findByText('The test could not be done.')).toBeVisible();
    expect(screen.queryByRole('list', { name: 'What was tested' })).toBeNull();
    await phone.user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/^5 of 6 checks failed/)).toBeVisible();
    expect(screen.queryByText('The test could not be done.')).toBeNull();
  });
});

async function memberDevice(phone: Phone): Promise<string> {
  await makeMember(phone, 'responder', ['it-specialists']);
  return new Promise((resolve, reject) => {
    phone.storage.device.membership.subscribe(
      (membership) => ('device' in membership ? resolve(membership.device) : reject(new Error(membership.state))),
      reject,
    );
  });
}
