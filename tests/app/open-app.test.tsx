import { screen, waitFor } from '@testing-library/react';
import { render } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { beginLookAround } from '../../src/app/begin-look-around.ts';
import { ErrorBoundary } from '../../src/app/error-boundary.tsx';
import { FaultScreen } from '../../src/app/fault-screen.tsx';
import { instant, minute } from '../../src/domain/time.ts';
import { activate } from '../../src/parts/activation.ts';
import { aPhone, aPhoneInIncident, startedAt } from '../support/phone.tsx';

describe('the shell', () => {
  it('[SHELL-1] names incident, time since activation, role and the zone’s clock on every screen', async () => {
    const phone = await aPhoneInIncident('it-specialists');
    phone.open('/more');
    expect(await screen.findByText('T+ 00:10')).toBeVisible();
    expect(await screen.findByText('Warehouse fire')).toBeVisible();
    expect(await screen.findByText('IT Specialists')).toBeVisible();
    expect(await screen.findByText('12:10 SAST')).toBeVisible();
    expect(await screen.findByRole('heading', { level: 1, name: 'More' })).toBeVisible();
  });

  it('[SHELL-2] marks where one is, in the bar and in the title', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/checklist/IT-01');
    expect(await screen.findByRole('link', { name: 'Checklist', current: 'page' })).toBeVisible();
    await waitFor(() => expect(document.title).toBe('Checklist · Holdfast'));
  });

  it('[SHELL-3] the first address leads to Now, an unknown one says so', async () => {
    const phone = await aPhoneInIncident();
    const shown = phone.open('/');
    await waitFor(() => expect(window.location.pathname).toBe('/now'));
    shown.unmount();
    phone.open('/nowhere');
    expect(await screen.findByText('This address leads nowhere.')).toBeVisible();
  });

  it('[SHELL-4] a real incident is told of on every screen while an exercise is open', async () => {
    const phone = await aPhoneInIncident('it-specialists', 'exercise');
    const exercise = phone.incident;
    await phone.ports.device.setSetting('incident', exercise);
    const { hash } = await phone.ports.builtInPlan();
    const real = activate(
      {
        plan: hash,
        mode: 'incident',
        code: 'retapone',
        title: 'Flood',
        severity: 'severe',
        zone: 'Africa/Johannesburg',
        startedAt: instant(startedAt),
        by: phone.person,
      },
      startedAt + minute,
      phone.ports.random,
    );
    await phone.storage.records.write(real.drafts);
    phone.open('/log');
    expect(await screen.findByText('Real incident: Flood')).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'Open it' }));
    await waitFor(() => expect(screen.queryByText('EXERCISE · not a real incident')).toBeNull());
    await waitFor(() => expect(screen.queryByText('Real incident: Flood')).toBeNull());
  });

  it('[SHELL-5] the theme is the device’s setting, else the system’s', async () => {
    const phone = await aPhone();
    await phone.ports.device.setSetting('theme', 'dark');
    phone.open('/now');
    await waitFor(() => expect(document.documentElement).toHaveAttribute('data-theme', 'dark'));
    await phone.ports.device.setSetting('theme', null);
    await waitFor(() => expect(document.documentElement).not.toHaveAttribute('data-theme'));
  });

  it('[SHELL-6] a device that was revoked says so and shows nothing else', async () => {
    const phone = await aPhone('alone');
    await phone.storage.syncStore.wipe();
    phone.open('/now');
    expect(await screen.findByText('This device was removed from its workspace.')).toBeVisible();
    expect(screen.queryByRole('navigation')).toBeNull();
    expect(screen.getByRole('link', { name: /^Join with a new code/ })).toBeVisible();
  });

  it('[SHELL-6] a device that was revoked joins again by a link, or becomes that of a backup file', async () => {
    const phone = await aPhone('alone');
    const file = await phone.storage.device.exportBackup();
    if (!file.ok) throw new Error(file.error.tag);
    await phone.storage.syncStore.wipe();
    const shown = phone.open('/join#ABCD-EFGH-JKMN');
    expect(await screen.findByRole('button', { name: 'Join' })).toBeVisible();
    shown.unmount();
    phone.open('/');
    await phone.user.click(await screen.findByRole('button', { name: 'Bring a backup file back' }));
    const text = await file.value.text();
    await phone.user.upload(await screen.findByLabelText('Backup file'), new File([text], 'holdfast-backup.json'));
    await phone.user.click(await screen.findByRole('button', { name: 'Bring it back' }));
    expect(await screen.findByRole('navigation', { name: 'Screens' })).toBeVisible();
  });
});

describe('look around', () => {
  it('[LOOK-1] is an exercise of the built-in plan, marked as never sent, and done once only', async () => {
    const phone = await aPhone('new', 'look-around');
    phone.open('/now');
    expect(await screen.findByText(/EXERCISE · never sent/)).toBeVisible();
    expect(await screen.findByText(/^Looking around · stays on this computer, never sent$/)).toBeVisible();
    expect(await screen.findByRole('heading', { name: 'Next for you' })).toBeVisible();
    expect(await screen.findByText('T+ 00:02')).toBeVisible();
    expect(screen.queryByText(/ late$/)).toBeNull();
    await beginLookAround(phone.ports, () => Promise.reject(new Error('began twice')));
  });
});

describe('when the storage does not open', () => {
  it.each([
    [{ tag: 'storage-unavailable' } as const, /does not let Holdfast keep anything/],
    [{ tag: 'storage-full' } as const, /is full/],
    [{ tag: 'storage-lost' } as const, /closed the storage/],
    [{ tag: 'storage-evicted' } as const, /deleted what Holdfast kept/],
    [{ tag: 'storage-blocked' } as const, /open in another tab/],
    [{ tag: 'storage-newer' } as const, /newer Holdfast/],
  ])('[FAULT-1] says what happened, what was kept and what to do: %j', async (fault, words) => {
    const [retry, begin] = [vi.fn(), vi.fn()];
    render(<FaultScreen fault={fault} onRetry={retry} onBegin={begin} />);
    expect(screen.getByRole('heading', { level: 1, name: words })).toBeVisible();
    const isGone = fault.tag === 'storage-evicted';
    screen.getByRole('button', { name: isGone ? 'Begin anew' : 'Try again' }).click();
    expect(isGone ? begin : retry).toHaveBeenCalledTimes(1);
  });

  it('[FAULT-2] a bug in a screen leaves a way back and says that what was saved is kept', () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const Broken = () => {
      throw new Error('broken');
    };
    render(
      <ErrorBoundary>
        <Broken />
      </ErrorBoundary>,
    );
    expect(screen.getByText(/Everything that was saved is still on this device/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Open again' })).toBeVisible();
  });
});
