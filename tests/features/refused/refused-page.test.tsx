import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { builtInPlan } from '../../../src/app/built-in-plan.ts';
import type { Task } from '../../../src/domain/plan/plan-item.ts';
import type { Draft } from '../../../src/domain/ports/records.ts';
import type { Change, RefusalCode } from '../../../src/domain/sync/protocol.ts';
import { instant, minute } from '../../../src/domain/time.ts';
import { newLogEntry } from '../../../src/parts/new-log-entry.ts';
import type { IncidentId } from '../../../src/domain/ids.ts';
import { aPhone, aPhoneInIncident, begin, makeMember, startedAt, type Phone } from '../../support/phone.tsx';
import { serverSays } from '../../support/server-says.ts';

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

type InIncident = Phone & { readonly incident: IncidentId };

async function aMember(): Promise<InIncident> {
  const phone = await aPhoneInIncident('it-specialists');
  await makeMember(phone, 'responder', ['it-specialists']);
  await serverSays(phone, []);
  return phone;
}

/** The two changes of one press: progress and its line in the log. */
function report(phone: InIncident): readonly Draft[] {
  const endedAt = instant(startedAt + 2 * minute);
  const value = { status: 'done', reason: 'By hand', startedAt: endedAt, endedAt, by: null } as const;
  const log = { type: 'status', at: endedAt, by: null, text: '', task: 'IT-07' as never, to: 'done' } as const;
  return [
    { kind: 'task', key: `${phone.incident}/IT-07`, value, shown: null },
    newLogEntry(phone.incident, log, startedAt, phone.ports.random),
  ];
}

async function refuse(phone: Phone, drafts: readonly Draft[], code: RefusalCode): Promise<void> {
  const wrote = await phone.storage.records.write(drafts);
  if (!wrote.ok) throw new Error(wrote.error.tag);
  await serverSays(phone, [], () => ({ code, message: 'a test' }));
  phone.sync.say({ connection: 'online', refused: drafts.length, lastSentAt: instant(startedAt) });
}

async function toSend(phone: Phone): Promise<readonly Change[]> {
  const prepared = await phone.storage.syncStore.prepare({ changes: 500, bytes: 1e7 });
  if (!prepared.ok || prepared.value === null) throw new Error('not a member');
  return prepared.value.body.changes;
}

/** jsdom's files can't be read by any other way. */
function textOf(file: Blob): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(reader.result as string));
    reader.readAsText(file);
  });
}

describe('refused changes', () => {
  it('[REFUSED-1] nothing refused: says what would appear', async () => {
    const phone = await aPhone();
    phone.open('/refused');
    expect(await screen.findByText('Nothing is refused.')).toBeVisible();
  });

  it('[REFUSED-2] are reached from the sync line of any screen; a report and its line in the log are one, with what, when and why', async () => {
    const phone = await aMember();
    await refuse(phone, report(phone), 'forbidden');
    phone.open('/log');
    await phone.user.click(await screen.findByRole('link', { name: '2 refused' }));
    const list = await screen.findByRole('list', { name: 'Refused changes' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(1);
    expect(within(list).getByText('IT-07: done 12:02: By hand')).toBeVisible();
    const title = (await builtInPlan()).items.find(({ id }) => id === 'IT-07') as Task;
    expect(within(list).getByText(title.title)).toBeVisible();
    expect(
      within(list).getByText(
        /^Saved 12:10 with its line in the log\. Your access did not allow it\. Ask a coordinator/,
      ),
    ).toBeVisible();
    expect(screen.queryByText(/^All sent/)).toBeNull();
  });

  it('[REFUSED-3] given up, one by one, and taken back by one press', async () => {
    const phone = await aMember();
    await refuse(phone, report(phone), 'forbidden');
    phone.open('/refused');
    await phone.user.click(await screen.findByRole('button', { name: 'Give it up' }));
    expect(await screen.findByText('Nothing is refused.')).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('IT-07: done 12:02: By hand')).toBeVisible();
    expect(await toSend(phone)).toEqual([]);
  });

  it('[REFUSED-4] tried again, the same changes are sent once more and stand when the server takes them', async () => {
    const phone = await aMember();
    await refuse(phone, report(phone), 'forbidden');
    phone.open('/refused');
    await phone.user.click(await screen.findByRole('button', { name: 'Try again' }));
    await screen.findByText('Nothing is refused.');
    expect(phone.sync.nudges()).toContain('asked');
    expect((await toSend(phone)).map(({ kind }) => kind)).toEqual(['task', 'log']);
    await serverSays(phone, []);
    const read = await phone.storage.records.read('task', `${phone.incident}/IT-07`);
    expect(read.ok && read.value?.value?.status).toBe('done');
  });

  it('[REFUSED-5] where the same again would end the same, it isn’t offered', async () => {
    const phone = await aMember();
    await refuse(phone, report(phone), 'stale');
    phone.open('/refused');
    expect(await screen.findByText(/Somebody changed it meanwhile/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('[REFUSED-6] corrected: the form opens with its content, and what is saved takes its place', async () => {
    const phone = await aMember();
    await refuse(phone, report(phone), 'invalid');
    phone.open('/refused');
    await phone.user.click(await screen.findByRole('button', { name: 'Correct it…' }));
    const dialog = await screen.findByRole('dialog', { name: 'IT-07: done' });
    expect(within(dialog).getByLabelText(/Why now\?$/)).toHaveValue('By hand');
    expect(within(dialog).getByLabelText(/When it happened/)).toHaveValue('12:02');
    await phone.user.click(within(dialog).getByRole('button', { name: 'Mark done' }));
    expect(await screen.findByText('Nothing is refused.')).toBeVisible();
    const [task, log] = await toSend(phone);
    expect(task).toMatchObject({
      kind: 'task',
      value: { status: 'done', reason: 'By hand', endedAt: instant(startedAt + 2 * minute) },
    });
    expect(log).toMatchObject({ kind: 'log', value: { type: 'status', to: 'done' } });
  });

  it('[REFUSED-7] a log entry is corrected as a new entry with its text', async () => {
    const phone = await aMember();
    const words = { type: 'decision', at: instant(startedAt + minute), by: null, text: 'Buy a pump' } as const;
    await refuse(phone, [newLogEntry(phone.incident, words, startedAt, phone.ports.random)], 'immutable');
    phone.open('/refused');
    expect(await screen.findByText('The log: Buy a pump')).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'Correct it…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Add to the log' });
    await phone.user.type(within(dialog).getByLabelText('What happened'), ', by noon');
    await phone.user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await screen.findByText('Nothing is refused.');
    expect((await toSend(phone))[0]?.value).toMatchObject({ type: 'decision', text: 'Buy a pump, by noon' });
  });

  it('[REFUSED-8] all of them go into one file, in words and whole', async () => {
    const phone = await aMember();
    await refuse(phone, report(phone), 'forbidden');
    await refuse(
      phone,
      [{ kind: 'person', key: 'thandi', value: { name: 'Thandi M.', contacts: [] }, shown: null }],
      'forbidden',
    );
    phone.open('/refused');
    await phone.user.click(await screen.findByRole('button', { name: 'Save all of them into one file' }));
    expect(await screen.findByText('holdfast-refused-2026-11-23-1210.json')).toBeVisible();
    const text = await textOf(files[0] as Blob);
    expect(JSON.parse(text)).toMatchObject({
      format: 'holdfast-refused/1',
      refused: [
        { what: 'The contacts of Thandi M.: name: Thandi M.', changes: [{ kind: 'person' }] },
        {
          what: 'IT-07: done 12:02: By hand',
          savedAt: instant(startedAt + 10 * minute),
          changes: [{}, { kind: 'log' }],
        },
      ],
    });
  });

  it('[REFUSED-9] a disk that fails is said, and nothing leaves the list', async () => {
    const phone = await aMember();
    await refuse(phone, report(phone), 'forbidden');
    const failing = {
      ...phone.ports.device,
      giveUp: () => Promise.resolve({ ok: false, error: { tag: 'storage-full' } } as const),
    };
    Object.assign(phone.ports, { device: failing });
    phone.open('/refused');
    await phone.user.click(await screen.findByRole('button', { name: 'Give it up' }));
    expect((await screen.findAllByText(/^Not done\. The storage of this device is full/))[0]).toBeVisible();
    await waitFor(() => expect(screen.getByRole('list', { name: 'Refused changes' })).toBeVisible());
  });

  it('[REFUSED-15] a refused change of an incident opens that incident, also while another one is on the screen', async () => {
    const phone = await aMember();
    const other = await begin(phone, 'exercise', 'Spring exercise', 'balimuno');
    await serverSays(phone, []);
    const read = await phone.storage.records.read('incident', other);
    if (!read.ok || read.value?.value == null) throw new Error('not there');
    const closed = { ...read.value.value, status: 'closed' } as const;
    await refuse(phone, [{ kind: 'incident', key: other, value: closed, shown: read.value }], 'forbidden');
    phone.open('/refused');
    await phone.user.click(await screen.findByRole('button', { name: 'Open the incident' }));
    expect(await screen.findByRole('heading', { name: 'Spring exercise' })).toBeVisible();
    expect(screen.getByText('balimuno')).toBeVisible();
  });
});
