import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { lockSetting, readScreenLock } from '../../src/domain/access/screen-lock.ts';
import { readLive } from '../../src/domain/ports/read-live.ts';
import { minute } from '../../src/domain/time.ts';
import { setPin } from '../../src/parts/screen-lock.ts';
import { aPhone, aPhoneInIncident, startedAt, type Phone } from '../support/phone.tsx';

const pin = '2468';
const locked = { name: 'Holdfast is locked' };

async function aLockedPhone(after = 5 * minute): Promise<Phone> {
  const phone = await aPhoneInIncident();
  await setPin(phone.ports.device, phone.ports.random, { pin, after });
  return phone;
}

async function give(phone: Phone, digits: string): Promise<void> {
  await phone.user.type(screen.getByLabelText('PIN'), digits);
  await phone.user.click(screen.getByRole('button', { name: 'Open' }));
}

function outOfSight(phone: Phone, from: number, ms: number): void {
  for (const [state, now] of [
    ['hidden', from],
    ['visible', from + ms],
  ] as const) {
    phone.setNow(now);
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    fireEvent(document, new Event('visibilitychange'));
  }
}

async function kept({ ports }: Phone) {
  const read = await readLive(ports.device.setting(lockSetting));
  return read.ok ? readScreenLock(read.value) : null;
}

describe('the screen lock', () => {
  it('[LOCK-5] shows nothing of the plan before the PIN was given, and everything afterwards', async () => {
    const phone = await aLockedPhone();
    phone.open('/checklist');
    expect(await screen.findByRole('dialog', locked)).toBeVisible();
    expect(document.body.textContent).not.toContain('Warehouse fire');
    await give(phone, '1357');
    expect(await screen.findByText('That is not the PIN of this device.')).toBeVisible();
    await give(phone, pin);
    expect(await screen.findByRole('heading', { level: 1, name: 'Checklist' })).toBeVisible();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(await kept(phone)).toMatchObject({ misses: 0 });
  });

  it('[LOCK-1] wrong tries make one wait, count over a restart, and delete nothing', async () => {
    const phone = await aLockedPhone();
    const shown = phone.open('/now');
    for (let miss = 0; miss < 5; miss += 1) {
      await screen.findByRole('button', { name: 'Open' });
      await give(phone, '0000');
      await waitFor(async () => expect((await kept(phone))?.misses).toBe(miss + 1));
    }
    expect(await screen.findByRole('timer')).toHaveTextContent('Try again in 0:15. Nothing is deleted.');
    expect(screen.getByRole('button', { name: 'Open' })).toBeDisabled();
    shown.unmount();
    phone.open('/now');
    await phone.user.type(await screen.findByLabelText('PIN'), pin);
    expect(screen.getByRole('button', { name: 'Open' })).toBeDisabled();
    phone.setNow(startedAt + 11 * minute);
    await waitFor(() => expect(screen.getByRole('button', { name: 'Open' })).toBeEnabled(), { timeout: 3000 });
    await phone.user.click(screen.getByRole('button', { name: 'Open' }));
    expect(await screen.findByText('Warehouse fire')).toBeVisible();
  });

  it('[LOCK-2] locks again after the time out of sight that was chosen, and keeps what was being typed', async () => {
    const phone = await aLockedPhone();
    phone.open('/log');
    await screen.findByRole('dialog', locked);
    await give(phone, pin);
    await phone.user.click(await screen.findByRole('button', { name: 'Add to the log' }));
    const text = await screen.findByRole('textbox', { name: 'What happened' });
    await phone.user.type(text, 'Pumps are running');
    outOfSight(phone, startedAt + 10 * minute, 4 * minute);
    expect(screen.queryByRole('dialog', locked)).toBeNull();
    outOfSight(phone, startedAt + 20 * minute, 5 * minute);
    const lock = await screen.findByRole('dialog', locked);
    expect(text).not.toBeVisible();
    await phone.user.type(within(lock).getByLabelText('PIN'), pin);
    await phone.user.click(within(lock).getByRole('button', { name: 'Open' }));
    await waitFor(() => expect(text).toBeVisible());
    expect(text).toHaveValue('Pumps are running');
  });

  it('[LOCK-6] is set, changed and removed in Settings, which says what it is; setting it shuts nobody out', async () => {
    const phone = await aPhone();
    phone.open('/settings');
    expect(await screen.findByText(/It encrypts nothing/)).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'Set a PIN…' }));
    await phone.user.type(screen.getByLabelText('PIN'), '12');
    await phone.user.click(screen.getByRole('button', { name: 'Set the PIN' }));
    expect(await screen.findByText('Four to twelve digits.', { selector: '[role=alert]' })).toBeVisible();
    await phone.user.type(screen.getByLabelText('PIN'), '34');
    await phone.user.type(screen.getByLabelText('The same again'), '1234');
    await phone.user.click(screen.getByRole('button', { name: 'Set the PIN' }));
    expect(await screen.findByText('The PIN is set')).toBeVisible();
    await phone.user.click(await screen.findByRole('button', { name: 'Remove the PIN' }));
    const asked = await screen.findByRole('dialog', { name: 'Your PIN, please' });
    await phone.user.type(within(asked).getByLabelText('PIN'), '1234');
    await phone.user.click(within(asked).getByRole('button', { name: 'Go on' }));
    expect(await screen.findByText('The PIN is removed')).toBeVisible();
    expect(await kept(phone)).toBeNull();
  });

  it('[LOCK-7] a backup file asks for the PIN first, and holds no lock and brings none', async () => {
    const phone = await aLockedPhone();
    const exported = await phone.ports.device.exportBackup();
    if (!exported.ok) throw new Error(exported.error.tag);
    const lines = (await exported.value.text()).match(/"name":"[a-z-]+"/g) ?? [];
    expect(lines).not.toContain(`"name":"${lockSetting}"`);
    phone.open('/settings');
    await screen.findByRole('dialog', locked);
    await give(phone, pin);
    await phone.user.click(await screen.findByRole('button', { name: /Save everything on this device/ }));
    const asked = await screen.findByRole('dialog', { name: 'Your PIN, please' });
    await phone.user.click(within(asked).getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByText(/Last saved into a file/)).toBeNull();
  });

  it('[LOCK-8] who has forgotten the PIN is told the way out, with what would be lost', async () => {
    const phone = await aLockedPhone();
    phone.open('/now');
    await screen.findByRole('dialog', locked);
    await phone.user.click(screen.getByRole('button', { name: 'Forgotten?' }));
    expect(screen.getByText(/A coordinator can give you a code/)).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'Erase this device…' }));
    expect(await screen.findByText(/lost|deleted/, { selector: 'strong, h3, p' })).toBeVisible();
  });
});
