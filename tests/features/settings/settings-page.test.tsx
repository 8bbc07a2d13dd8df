import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { instant, minute } from '../../../src/domain/time.ts';
import { aPhone, aPhoneInIncident, makeMember, startedAt, type Phone } from '../../support/phone.tsx';

const files: Blob[] = [];

beforeEach(() => {
  files.length = 0;
  // what jsdom lacks: addresses for files, and downloads
  URL.createObjectURL = (file) => {
    files.push(file as Blob);
    return 'blob:file';
  };
  URL.revokeObjectURL = () => undefined;
  HTMLAnchorElement.prototype.click = () => undefined;
});

async function settingsOf(phone: Phone) {
  phone.open('/settings');
  await screen.findByRole('heading', { name: 'Settings' });
}

describe('Settings', () => {
  it('[SET-1] says whose device it is, which app it runs, and that it works alone', async () => {
    const phone = await aPhone();
    await settingsOf(phone);
    expect(await screen.findByText('Thandi M.')).toBeVisible();
    expect(screen.getByText('0.1.0 · build 30fd0e43')).toBeVisible();
    expect(screen.getByText('page in the browser')).toBeVisible();
    expect(screen.getByText('This device works alone.')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Connect to a server' })).toHaveAttribute('href', '/join');
    expect(screen.queryByRole('button', { name: 'Send now' })).toBeNull();
  });

  it('[SET-2] a member sees its server, what is to send, and can ask to send now', async () => {
    const phone = await aPhone();
    await makeMember(phone, 'responder');
    phone.sync.say({ connection: 'offline', unsent: 3, lastSentAt: instant(startedAt), lastHeardAt: null });
    await settingsOf(phone);
    expect(screen.queryByText('not yet')).toBeNull();
    expect(await screen.findByText('https://holdfast.example')).toBeVisible();
    expect(screen.getByText('3 changes; a report and its line in the log are two')).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'Send now' }));
    expect(phone.sync.nudges()).toContain('asked');
    expect(screen.getByText(/The server does not answer\. What is here is kept/)).toBeVisible();
  });

  it('[SET-3] tells of a clock that is wrong by more than two minutes, and of no smaller one', async () => {
    const phone = await aPhone();
    await makeMember(phone, 'responder');
    phone.sync.say({ connection: 'online', clockOffset: minute });
    await settingsOf(phone);
    await screen.findByRole('button', { name: 'Send now' });
    expect(screen.queryByText(/^The clock of/)).toBeNull();
    phone.sync.say({ clockOffset: -7 * minute });
    expect(
      (await screen.findAllByText(/^The clock of this computer is 7 min fast\. The true time is /))[0],
    ).toBeVisible();
  });

  it('[SET-4] counts what is refused and overruled, and leads to it', async () => {
    const phone = await aPhone();
    await makeMember(phone, 'responder');
    phone.sync.say({ connection: 'online', refused: 2 });
    await settingsOf(phone);
    const sending = await screen.findByRole('list', { name: 'To decide' });
    expect(within(sending).getByRole('link', { name: /^2 changes refused/ })).toHaveAttribute('href', '/refused');
    expect(within(sending).getByRole('link', { name: /^Nothing overruled/ })).toHaveAttribute('href', '/conflicts');
  });

  it('[SET-5] keeps the chosen colours and shows them at once', async () => {
    const phone = await aPhone();
    await settingsOf(phone);
    await phone.user.click(await screen.findByLabelText('Dark'));
    await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'));
    await phone.user.click(screen.getByLabelText('As the device'));
    await waitFor(() => expect(document.documentElement.dataset['theme']).toBeUndefined());
  });

  it('[SET-6] looking around offers neither sending nor a backup file nor erasing', async () => {
    const phone = await aPhone('alone', 'look-around');
    await settingsOf(phone);
    expect(await screen.findByRole('button', { name: /Stop looking around/ })).toBeVisible();
    for (const name of ['Send now', 'Erase this device…', 'Bring a backup file back…'])
      expect(screen.queryByRole('button', { name })).toBeNull();
  });

  it('[SET-7] names the zone of the open incident', async () => {
    const phone = await aPhoneInIncident();
    await settingsOf(phone);
    expect(await screen.findByText(/zone of the incident: Africa\/Johannesburg, now 12:10 SAST/)).toBeVisible();
  });
});

describe('a backup file', () => {
  it('[BACKUP-4] is written by one phone and brought back by another, after saying what it adds', async () => {
    const phone = await aPhoneInIncident();
    await settingsOf(phone);
    await screen.findByText('12:10 SAST');
    await phone.user.click(await screen.findByRole('button', { name: /Save everything on this device/ }));
    expect(await screen.findByText('holdfast-backup-2026-11-23-1210.json')).toBeVisible();
    expect(await screen.findByText('Last saved into a file: 12:10.')).toBeVisible();
    cleanup();

    const other = await aPhone('new');
    other.open('/');
    await other.user.click(await screen.findByRole('button', { name: /Bring a backup file back/ }));
    const file = new File([files[0] as Blob], 'holdfast-backup.json');
    await other.user.upload(await screen.findByLabelText('Backup file'), file);
    expect(await screen.findByText(/it becomes Thandi M\.’s/)).toBeVisible();
    await other.user.click(screen.getByRole('button', { name: 'Bring it back' }));
    expect(await screen.findByText('Warehouse fire')).toBeVisible();
    expect(other.sync.nudges()).toContain('wrote');
  });

  it('[BACKUP-5] a bad file is refused in words and nothing of it is taken', async () => {
    const phone = await aPhone('new');
    phone.open('/');
    await phone.user.click(await screen.findByRole('button', { name: /Bring a backup file back/ }));
    await phone.user.upload(await screen.findByLabelText('Backup file'), new File(['{"a":1}'], 'picture.json'));
    expect(await screen.findByText(/not a whole Holdfast backup .* Nothing of it was taken/)).toBeVisible();
    expect(screen.getByLabelText('Backup file')).toBeEnabled();
  });
});

describe('a file that nobody foresaw', () => {
  it('[BACKUP-6] is refused in words, and another can be chosen', async () => {
    const reported = vi.fn();
    vi.stubGlobal('reportError', reported);
    const phone = await aPhone('new');
    phone.open('/');
    await phone.user.click(await screen.findByRole('button', { name: /Bring a backup file back/ }));
    const file = new File(['{}'], 'gone.json');
    // what a browser does where the file was moved or changed after it was chosen
    file.slice = () => {
      throw new DOMException('the file could not be read', 'NotReadableError');
    };
    await phone.user.upload(await screen.findByLabelText('Backup file'), file);
    expect(await screen.findByText(/not a whole Holdfast backup .* Nothing of it was taken/)).toBeVisible();
    expect(screen.getByLabelText('Backup file')).toBeEnabled();
    expect(reported).toHaveBeenCalledOnce();
  });
});

describe('erasing this device', () => {
  it('[ERASE-2] says what would be lost, wants a tick, and leaves a device that can begin anew', async () => {
    const phone = await aPhone();
    await makeMember(phone, 'responder');
    phone.sync.say({ connection: 'offline', unsent: 2 });
    await settingsOf(phone);
    await phone.user.click(await screen.findByRole('button', { name: 'Erase this device…' }));
    expect(screen.getByText('Lost for good: 2 changes not sent yet.')).toBeVisible();
    const erase = screen.getByRole('button', { name: 'Erase everything' });
    expect(erase).toBeDisabled();
    await phone.user.click(screen.getByRole('checkbox'));
    await phone.user.click(erase);
    expect(await screen.findByRole('button', { name: /Set up a new plan on this device/ })).toBeVisible();
  });
});
