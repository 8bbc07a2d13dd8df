import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { readReport } from '../../../src/domain/readiness/device-report.ts';
import { aPhone, aPhoneWithPlan, makeMember, type Phone } from '../../support/phone.tsx';

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

async function memberDevice(phone: Phone): Promise<string> {
  await makeMember(phone, 'responder', ['it-specialists']);
  return new Promise((resolve, reject) => {
    phone.storage.device.membership.subscribe(
      (membership) => ('device' in membership ? resolve(membership.device) : reject(new Error(membership.state))),
      reject,
    );
  });
}
