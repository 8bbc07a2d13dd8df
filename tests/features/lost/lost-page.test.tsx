import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { PersonId, TaskCode } from '../../../src/domain/ids.ts';
import type { Draft } from '../../../src/domain/ports/records.ts';
import { instant } from '../../../src/domain/time.ts';
import { builtInPlan } from '../../../src/app/built-in-plan.ts';
import { publishVersion } from '../../../src/parts/activation.ts';
import { incident, taskDraft } from '../../storage/support/drafts.ts';
import { ModelServer } from '../../storage/support/model-server.ts';
import { join, syncAll } from '../../storage/support/sync-round.ts';
import { aPhone, makeMember, startedAt, type Phone } from '../../support/phone.tsx';

const ben = 'ben' as PersonId;

function note(id: string, text: string): Draft<'log'> {
  const fields = { type: 'note', role: null, by: ben, transcribedBy: null, medium: 'app' } as const;
  const value = { ...fields, at: instant(startedAt), text, task: 'IT-01' as TaskCode };
  return { kind: 'log', key: `${incident}/${id}`, value, shown: null };
}

async function written(phone: Phone, drafts: readonly Draft[]): Promise<void> {
  const wrote = await phone.storage.records.write(drafts);
  if (!wrote.ok) throw new Error(wrote.error.tag);
}

/** A coordinator's phone that holds Ben's name, task and notes; its server holds nothing any more. */
async function afterTheLoss(
  notes = 2,
  more: readonly Draft[] = [],
): Promise<{ readonly phone: Phone; readonly server: ModelServer }> {
  const server = new ModelServer();
  const [phone, other] = [await aPhone('new'), await aPhone('new')];
  await join(phone.storage, server, 'thandi');
  await join(other.storage, server, 'ben');
  await written(other, [
    { kind: 'person', key: 'ben', value: { name: 'Ben Mokoena', contacts: [] }, shown: null },
    taskDraft('IT-01', 'blocked', null, 'no key to the rack'),
    ...Array.from({ length: notes }, (_, at) => note(`n-${String(at)}`, `Note ${String(at + 1)}`)),
    ...more,
  ]);
  await syncAll(other.storage, server);
  await syncAll(phone.storage, server);
  server.restore([], 'e_2');
  await syncAll(phone.storage, server);
  return { phone, server };
}

const kindsOn = (server: ModelServer) => server.winners().map(({ kind }) => kind);

describe('Lost by the server', () => {
  it('[REL-10] a coordinator is told in Settings, reads what, by whom and when, and puts it back at one press', async () => {
    const { phone, server } = await afterTheLoss();
    phone.open('/settings');
    expect(await screen.findByText('The server lost 4 records that this computer still holds.')).toBeVisible();
    await phone.user.click(screen.getByRole('link', { name: 'See them' }));
    expect(await screen.findByRole('heading', { name: 'Lost by the server' })).toBeVisible();
    const tasks = within(screen.getByRole('list', { name: 'Tasks, systems, people at work' }));
    expect(
      tasks.getByRole('checkbox', { name: /IT-01: blocked 13:00: no key to the rack.*Ben Mokoena · / }),
    ).not.toBeChecked();
    const log = within(screen.getByRole('list', { name: 'Log' }));
    expect(log.getByRole('checkbox', { name: /The log: Note 2.*Ben Mokoena · / })).toBeChecked();
    const people = within(screen.getByRole('list', { name: 'People and their access' }));
    expect(people.getByText(/^The contacts of Ben Mokoena: name: Ben Mokoena/)).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'Put back 3 records' }));
    expect(await screen.findByText('3 records put back')).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('list', { name: 'Log' })).toBeNull());
    await phone.user.click(screen.getByRole('checkbox', { name: /^Tasks, systems, people at work: 0 of 1/ }));
    await phone.user.click(screen.getByRole('button', { name: 'Put back 1 record' }));
    expect(await screen.findByText('The server lacks nothing.')).toBeVisible();
    expect(phone.sync.nudges()).toContain('wrote');
    await syncAll(phone.storage, server);
    expect(kindsOn(server)).toEqual(['person', 'log', 'log', 'task']);
  });

  it('[REL-10] what is left out of the choice stays in the list and off the server', async () => {
    const { phone, server } = await afterTheLoss();
    phone.open('/lost');
    await phone.user.click(await screen.findByRole('checkbox', { name: /^Log: all 2/ }));
    expect(screen.getByRole('checkbox', { name: /^Log: 0 of 2/ })).not.toBeChecked();
    await phone.user.click(screen.getByRole('checkbox', { name: /^The log: Note 1/ }));
    await phone.user.click(screen.getByRole('button', { name: 'Put back 2 records' }));
    await waitFor(() => expect(screen.queryByText(/^The contacts of Ben Mokoena: name: Ben Mokoena/)).toBeNull());
    expect(screen.getByRole('checkbox', { name: /^IT-01: blocked/ })).not.toBeChecked();
    expect(screen.getByRole('button', { name: 'Put back 0 records' })).toBeDisabled();
    await syncAll(phone.storage, server);
    expect(kindsOn(server)).toEqual(['person', 'log']);
  });

  it('[REL-10] a long group shows a part of itself, and is put back whole', async () => {
    const { phone } = await afterTheLoss(60);
    phone.open('/lost');
    const log = await screen.findByRole('checkbox', { name: /^Log: all 60/ });
    expect(log).toBeChecked();
    await phone.user.click(within(screen.getByRole('region', { name: 'Log' })).getByText('One by one'));
    expect(screen.getByRole('button', { name: 'Show more: 10 left' })).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'Show more: 10 left' }));
    expect(screen.getByRole('checkbox', { name: /^The log: Note 60/ })).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'Put back 61 records' }));
    expect(await screen.findByText('61 records put back')).toBeVisible();
  });

  it('[REL-28] a full disk puts nothing back, says so, and keeps the list', async () => {
    const { phone, server } = await afterTheLoss();
    phone.open('/lost');
    phone.failWrites({ tag: 'storage-full' });
    await phone.user.click(await screen.findByRole('button', { name: 'Put back 3 records' }));
    expect(await screen.findByText('Not put back.')).toBeVisible();
    expect(screen.getByText(/The storage of this device is full/)).toBeVisible();
    phone.failWrites(null);
    await phone.user.click(screen.getByRole('button', { name: 'Put back 3 records' }));
    expect(await screen.findByText('3 records put back')).toBeVisible();
    await syncAll(phone.storage, server);
    expect(kindsOn(server)).toHaveLength(3);
  });

  it('[REL-10] a plan that can be put back is not begun anew from the built-in one', async () => {
    const { phone } = await afterTheLoss(0, [publishVersion(await builtInPlan(), ben)]);
    phone.open('/now');
    expect(await screen.findByText('The server lost 3 records that this computer still holds.')).toBeVisible();
    expect(screen.getByRole('heading', { name: 'No plan yet' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Use the built-in plan' })).toBeNull();
  });

  it('[REL-10] whoever is no coordinator is asked nothing', async () => {
    const { phone } = await afterTheLoss();
    await makeMember(phone, 'responder');
    phone.open('/settings');
    await screen.findByRole('heading', { name: 'Settings' });
    expect(screen.queryByText(/The server lost/)).toBeNull();
  });
});
