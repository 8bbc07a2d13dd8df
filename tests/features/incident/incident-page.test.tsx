import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { instant, minute } from '../../../src/domain/time.ts';
import { aPhone, aPhoneInIncident, begin, makeMember, startedAt } from '../../support/phone.tsx';

type Phone = Awaited<ReturnType<typeof aPhoneInIncident>>;

describe('The incident', () => {
  it('[INC-1] without one it says what will appear', async () => {
    const phone = await aPhone();
    phone.open('/incident');
    expect(await screen.findByText('No incident yet.')).toBeVisible();
  });

  it('[INC-2] closing a real one before recovery is declared asks why, and both records are saved together', async () => {
    const phone = await aPhoneInIncident();
    phone.sync.say({ connection: 'offline' });
    phone.open('/incident');
    await phone.user.click(await screen.findByRole('button', { name: 'Close the incident…' }));
    const dialog = screen.getByRole('dialog');
    expect(within(dialog).getByText('Recovery is not declared yet.')).toBeVisible();
    await phone.user.click(within(dialog).getByRole('button', { name: 'Close it' }));
    expect(within(dialog).getByText(/Give a reason/)).toBeVisible();
    await phone.user.type(within(dialog).getByLabelText('Why close it now?'), 'False alarm');
    await phone.user.click(within(dialog).getByRole('button', { name: 'Close it' }));
    expect((await screen.findAllByText('The incident is closed'))[0]).toBeVisible();
    const saved = await phone.storage.records.read('incident', phone.incident);
    expect(saved.ok && saved.value?.value).toMatchObject({
      status: 'closed',
      closedAt: instant(startedAt + 10 * minute),
    });
    expect(await decisions(phone)).toContain('Closed the incident. 86 tasks are open. False alarm');
    expect(await screen.findByRole('button', { name: 'Reopen the incident…' })).toBeVisible();
    window.history.pushState(null, '', '/now');
    expect(await screen.findByRole('heading', { name: 'Left open' })).toBeVisible();
    expect(screen.queryByText(/due in|late$/)).toBeNull();
  });

  it('[INC-3] an exercise closes without a reason, and opens again with one', async () => {
    const phone = await aPhoneInIncident('it-specialists', 'exercise');
    phone.open('/incident');
    await phone.user.click(await screen.findByRole('button', { name: 'Close the exercise…' }));
    await phone.user.click(screen.getByRole('button', { name: 'Close it' }));
    await phone.user.click(await screen.findByRole('button', { name: 'Reopen the exercise…' }));
    await phone.user.type(screen.getByLabelText('Why is it open again?'), 'Second part');
    await phone.user.click(screen.getByRole('button', { name: 'Reopen it' }));
    expect(await screen.findByRole('button', { name: 'Close the exercise…' })).toBeVisible();
    const saved = await phone.storage.records.read('incident', phone.incident);
    expect(saved.ok && saved.value?.value).toMatchObject({ status: 'active', closedAt: null });
  });

  it('[INC-4] a close that is not saved keeps what was typed', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/incident');
    await phone.user.click(await screen.findByRole('button', { name: 'Close the incident…' }));
    await phone.user.type(screen.getByLabelText('Why close it now?'), 'False alarm');
    phone.failWrites({ tag: 'storage-full' });
    await phone.user.click(screen.getByRole('button', { name: 'Close it' }));
    expect((await screen.findAllByText(/Not saved\./))[0]).toBeVisible();
    expect(screen.getByLabelText('Why close it now?')).toHaveValue('False alarm');
  });

  it('[INC-5] recovery needs every test, then the sign-off; the decision waits on Now until it is taken', async () => {
    const phone = await aPhoneInIncident();
    const { unmount } = phone.open('/incident');
    expect(await screen.findByText(/^Recovery can be declared when these tests are done/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Declare recovery…' })).toBeNull();
    await finishTests(phone);
    expect(await screen.findByRole('button', { name: 'Declare recovery…' })).toBeVisible();
    unmount();
    const now = phone.open('/now');
    await phone.user.click(await screen.findByRole('link', { name: 'Decide' }));
    await phone.user.click(await screen.findByRole('button', { name: 'Declare recovery…' }));
    await phone.user.click(await screen.findByRole('button', { name: 'Declare recovery' }));
    expect(await screen.findByText(/^Recovery declared 12:10/)).toBeVisible();
    expect((await decisions(phone)).some((text) => text.startsWith('Recovery declared, signed off by'))).toBe(true);
    now.unmount();
  });

  it('[INC-6] who neither commands nor signs off reads it, and is told who does', async () => {
    const phone = await aPhoneInIncident();
    await finishTests(phone);
    await makeMember(phone, 'responder', ['it-specialists']);
    phone.open('/incident');
    expect(await screen.findByText('A coordinator, or who commands, closes it.')).toBeVisible();
    expect(screen.queryByRole('button', { name: /Declare|Close the/ })).toBeNull();
  });

  it('[INC-7] once it is closed, what is still open is offered there and on Now, which promises nothing of the closed one', async () => {
    const phone = await aPhoneInIncident('it-specialists');
    const read = await phone.storage.records.read('incident', phone.incident);
    if (!read.ok || read.value?.value == null) throw new Error('no incident');
    const closed = { ...read.value.value, status: 'closed', closedAt: instant(startedAt) } as const;
    await phone.storage.records.write([{ kind: 'incident', key: phone.incident, value: closed, shown: read.value }]);
    await phone.storage.device.setSetting('incident', phone.incident);
    await begin(phone, 'incident', 'Flood', 'balimuno');
    const opened = phone.open('/now');
    expect(await screen.findByText('What is left waited for others when it was closed.')).toBeVisible();
    expect(screen.queryByText(/as soon as it is free/)).toBeNull();
    expect(await screen.findByRole('button', { name: /^Flood/ })).toBeVisible();
    opened.unmount();
    phone.open('/incident');
    await phone.user.click(await screen.findByRole('button', { name: /^Flood/ }));
    await waitFor(() => expect(window.location.pathname).toBe('/now'));
    expect(await screen.findByText('Next for everybody')).toBeVisible();
  });
});

async function finishTests(phone: Phone): Promise<void> {
  const plan = await phone.ports.builtInPlan();
  const header = plan.items.find((item) => item.section === 'header');
  const at = instant(startedAt);
  await phone.storage.records.write(
    (header?.recoveryTests ?? []).map((code) => ({
      kind: 'task' as const,
      key: `${phone.incident}/${code}`,
      value: { status: 'done' as const, reason: null, startedAt: at, endedAt: at, by: phone.person },
      shown: null,
    })),
  );
}

async function decisions(phone: Phone): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const leave = phone.storage.records.watchPrefix('log', `${phone.incident}/`).subscribe(
      (shown) => {
        resolve(shown.flatMap(({ value }) => (value?.type === 'decision' ? [value.text] : [])));
        queueMicrotask(() => leave());
      },
      (fault) => reject(new Error(fault.tag)),
    );
  });
}
