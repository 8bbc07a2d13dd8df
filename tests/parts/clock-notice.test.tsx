import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { readLive } from '../../src/domain/ports/read-live.ts';
import { minute } from '../../src/domain/time.ts';
import { aPhoneInIncident, makeMember, type Phone } from '../support/phone.tsx';

const told = /^The clock of this computer is 7 min slow\. The true time is 12:17 SAST\.$/;

async function wrongPhone(): Promise<Phone> {
  const phone = await aPhoneInIncident();
  await makeMember(phone, 'responder');
  phone.sync.say({ connection: 'online', clockOffset: 7 * minute });
  return phone;
}

describe('a wrong clock', () => {
  it('[CLOCK-3] is told on every screen with the true time and by how much, until the person knows, also after a reload', async () => {
    const phone = await wrongPhone();
    const first = phone.open('/log');
    expect(await screen.findByText(told)).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'I know' }));
    await waitFor(() => expect(screen.queryByText(told)).toBeNull());
    first.unmount();
    phone.open('/checklist');
    expect(await screen.findByRole('heading', { name: 'Checklist' })).toBeVisible();
    expect(screen.queryByText(told)).toBeNull();
  });

  it('[CLOCK-4] comes back when the clock moves, and when it is wrong again after it was right', async () => {
    const phone = await wrongPhone();
    phone.open('/log');
    await phone.user.click(await screen.findByRole('button', { name: 'I know' }));
    await waitFor(() => expect(screen.queryByText(told)).toBeNull());
    phone.sync.say({ clockOffset: 20 * minute });
    await phone.user.click(await screen.findByRole('button', { name: 'I know' }));
    await waitFor(() => expect(screen.queryByText(/^The clock of/)).toBeNull());
    phone.sync.say({ clockOffset: 0 });
    await waitFor(async () =>
      expect(await readLive(phone.ports.device.setting('clock-dismissed'))).toEqual({ ok: true, value: null }),
    );
    phone.sync.say({ clockOffset: 20 * minute });
    expect(await screen.findByText(/^The clock of this computer is 20 min slow/)).toBeVisible();
  });

  it('[CLOCK-5] stays on Settings, dismissed or not', async () => {
    const phone = await wrongPhone();
    phone.open('/settings');
    await phone.user.click(await screen.findByRole('button', { name: 'I know' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'I know' })).toBeNull());
    expect(await screen.findByText(told)).toBeVisible();
  });
});
