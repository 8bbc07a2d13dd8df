import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { LogType } from '../../../src/domain/incident/incident.ts';
import { instant, minute } from '../../../src/domain/time.ts';
import { newLogEntry } from '../../../src/parts/new-log-entry.ts';
import { activation, aPhone, aPhoneInIncident, aPhoneWithPlan, startedAt } from '../../support/phone.tsx';

describe('Log', () => {
  it('[LOG-1] says what will appear while there is no incident', async () => {
    const phone = await aPhone();
    phone.open('/log');
    expect(await screen.findByText(/Everything that happens appears here with its time/)).toBeVisible();
  });

  it('[LOG-2] begins with the decision to activate', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/log');
    expect(await screen.findByText(/Activated the plan: Warehouse fire/)).toBeVisible();
    expect(screen.getByText('1 entry')).toBeVisible();
  });

  it('[LOG-3] adds a note, on disk before it says saved', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/log');
    await phone.user.click(await screen.findByRole('button', { name: 'Add to the log' }));
    const dialog = await screen.findByRole('dialog');
    await phone.user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect(within(dialog).getByText('Write what happened.')).toBeVisible();
    await phone.user.type(within(dialog).getByLabelText('What happened'), 'Smoke on the second floor');
    await phone.user.click(within(dialog).getByRole('radio', { name: 'Message' }));
    await phone.user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect((await screen.findAllByText('Message saved'))[0]).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(await screen.findByText('Smoke on the second floor')).toBeVisible();
  });

  it('[LOG-4] stands in the order of what happened, not of what was typed', async () => {
    const phone = await aPhoneInIncident();
    await addEntry(phone, 'note', 'Doors open', 5, 6);
    await addEntry(phone, 'note', 'Alarm heard', 2, 9);
    phone.open('/log');
    await screen.findByText(/Doors open/);
    const texts = within(screen.getByRole('list', { name: 'Entries' }))
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);
    expect(texts.findIndex((text) => text.includes('Doors open'))).toBeLessThan(
      texts.findIndex((text) => text.includes('Alarm heard')),
    );
  });

  it('[LOG-5] filters by kind, and says when nothing fits', async () => {
    const phone = await aPhoneInIncident();
    await addEntry(phone, 'note', 'A note', 5, 5);
    phone.open('/log');
    await phone.user.click(await screen.findByRole('button', { name: 'Note' }));
    expect(await screen.findByText(/A note/)).toBeVisible();
    expect(screen.queryByText(/Activated the plan/)).toBeNull();
    await phone.user.click(screen.getByRole('button', { name: 'Role change' }));
    expect(await screen.findByText('No entry fits.')).toBeVisible();
  });

  it('[LOG-8] blames no filter where no entry may be seen at all, as with a vendor at first', async () => {
    const phone = await aPhoneWithPlan();
    const { hash } = await phone.ports.builtInPlan();
    const { drafts } = await activation(phone, { plan: hash });
    await phone.storage.records.write(drafts.filter(({ kind }) => kind !== 'log'));
    phone.open('/log');
    expect(await screen.findByText('Nothing in the log yet.')).toBeVisible();
    expect(screen.queryByText('No entry fits.')).toBeNull();
  });

  it('[LOG-6] shows a hundred at first, and earlier ones when asked', async () => {
    const phone = await aPhoneInIncident();
    await phone.storage.records.write(
      Array.from({ length: 120 }, (_, n) =>
        newLogEntry(
          phone.incident,
          { type: 'note', text: `note ${n}`, at: instant(startedAt + n * 1000), by: phone.person },
          startedAt + n * 1000,
          phone.ports.random,
        ),
      ),
    );
    phone.open('/log');
    await screen.findByText(/note 119$/);
    expect(screen.queryByText(/note 3$/)).toBeNull();
    await phone.user.click(screen.getByRole('button', { name: 'Show earlier' }));
    expect(await screen.findByText(/note 3$/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Show earlier' })).toBeNull();
  });

  it('[LOG-7] a note that is too long is refused in words and kept in its field', async () => {
    const phone = await aPhoneInIncident();
    phone.failWrites({ tag: 'too-large', kind: 'log', key: 'x', bytes: 70_000, most: 65_536 });
    phone.open('/log');
    await phone.user.click(await screen.findByRole('button', { name: 'Add to the log' }));
    const dialog = await screen.findByRole('dialog');
    await phone.user.type(within(dialog).getByLabelText('What happened'), 'Long');
    await phone.user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect((await screen.findAllByText(/this is too long \(69 KiB of at most 64 KiB\)/))[0]).toBeVisible();
    expect(within(dialog).getByLabelText('What happened')).toHaveValue('Long');
  });
});

async function addEntry(
  phone: Awaited<ReturnType<typeof aPhoneInIncident>>,
  type: LogType,
  text: string,
  happened: number,
  typed: number,
): Promise<void> {
  await phone.storage.records.write([
    newLogEntry(
      phone.incident,
      { type, text, at: instant(startedAt + happened * minute), by: phone.person },
      startedAt + typed * minute,
      phone.ports.random,
    ),
  ]);
}
