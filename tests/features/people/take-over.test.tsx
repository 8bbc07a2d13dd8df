import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Assignment } from '../../../src/domain/incident/incident.ts';
import { instant, minute } from '../../../src/domain/time.ts';
import { aPhoneInIncident, makeMember, startedAt, type Phone } from '../../support/phone.tsx';

type InIncident = Phone & { readonly incident: string; readonly person: string };
const now = instant(startedAt + 10 * minute);

async function write(phone: Phone, kind: string, key: string, value: object): Promise<void> {
  const wrote = await phone.storage.records.write([{ kind, key, value, shown: null } as never]);
  if (!wrote.ok) throw new Error(wrote.error.tag);
}

/** Sipho is known, and works in the role or has left it. */
async function withSipho(phone: InIncident, assignment: Partial<Assignment>, role = 'it-specialists'): Promise<void> {
  await write(phone, 'person', 'sipho', { name: 'Sipho D.', contacts: [] });
  const value = { since: instant(startedAt), until: null, note: null, ...assignment };
  await write(phone, 'assignment', `${phone.incident}/${role}/sipho`, value);
}

async function logOf(phone: InIncident): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    phone.storage.records.watchPrefix('log', `${phone.incident}/`).subscribe(
      (entries) => resolve(entries.map(({ value }) => value?.text ?? '')),
      (fault) => reject(new Error(fault.tag)),
    );
  });
}

const own = async (phone: InIncident) => {
  const read = await phone.storage.records.read('assignment', `${phone.incident}/it-specialists/${phone.person}`);
  return read.ok ? (read.value?.value ?? null) : 'unreadable';
};

describe('taking over a role', () => {
  it('[TAKE-6] is one press, is in the log with it, and takes a note afterwards', async () => {
    const phone = await aPhoneInIncident(null);
    phone.open('/r/00000000/it-specialists');
    await phone.user.click(await screen.findByRole('button', { name: 'Take over' }));
    expect(await screen.findByText(/^you, since \d\d:\d\d\.$/)).toBeVisible();
    expect(await logOf(phone)).toContain('Thandi M. works as IT Specialists.');
    await phone.user.type(screen.getByLabelText('Note, if there is something to say'), 'Keys are in 3B.');
    await phone.user.click(screen.getByRole('button', { name: 'Save the note' }));
    await waitFor(async () =>
      expect(await own(phone)).toMatchObject({ since: now, until: null, note: 'Keys are in 3B.' }),
    );
    await waitFor(async () => expect(await logOf(phone)).toContain('Thandi M., IT Specialists: Keys are in 3B.'));
  });

  it('[TAKE-7] is undone with one press', async () => {
    const phone = await aPhoneInIncident(null);
    phone.open('/r/00000000/it-specialists');
    await phone.user.click(await screen.findByRole('button', { name: 'Take over' }));
    await phone.user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(async () => expect(await own(phone)).toBeNull());
    expect(await screen.findByRole('button', { name: 'Take over' })).toBeVisible();
    expect(await logOf(phone)).toContain('Undone: Thandi M. does not work as IT Specialists.');
  });

  it('[TAKE-8] puts nobody out: both are told, and one press leaves it to the other', async () => {
    const phone = await aPhoneInIncident('it-specialists');
    await withSipho(phone, { since: now });
    phone.open('/now');
    expect(await screen.findByText('Sipho D. and you took over IT Specialists.')).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'Leave it to Sipho D.' }));
    await waitFor(() => expect(screen.queryByText('Sipho D. and you took over IT Specialists.')).toBeNull());
    expect(await own(phone)).toMatchObject({ until: now });
  });

  it('[TAKE-9] several work in it as a team once one of them says so', async () => {
    const phone = await aPhoneInIncident('it-specialists');
    await withSipho(phone, { since: now });
    phone.open('/people/role/it-specialists');
    await phone.user.click(await screen.findByRole('button', { name: 'We work as a team' }));
    await waitFor(() => expect(screen.queryByText('Sipho D. and you took over IT Specialists.')).toBeNull());
    const working = within(screen.getByRole('list', { name: 'In this incident' }));
    expect(working.getByText('Sipho D.')).toBeVisible();
    expect(working.getByText('Thandi M.')).toBeVisible();
    expect(await logOf(phone)).toContain('Everybody who took IT Specialists works in it as a team.');
  });

  it('[TAKE-14] a team counts whose clock is ahead, and not when somebody came who has left', async () => {
    const phone = await aPhoneInIncident('it-specialists');
    const ahead = instant(startedAt + 12 * minute);
    await withSipho(phone, { since: ahead });
    const left = { since: instant(startedAt + 90 * minute), until: now, note: null };
    await write(phone, 'assignment', `${phone.incident}/it-specialists/zanele`, left);
    phone.open('/people/role/it-specialists');
    await phone.user.click(await screen.findByRole('button', { name: 'We work as a team' }));
    await waitFor(async () => expect(await own(phone)).toMatchObject({ teamAt: ahead }));
  });

  it('[TAKE-10] what was handed over to somebody is offered on Now', async () => {
    const phone = await aPhoneInIncident('security-officer');
    await withSipho(phone, { until: now, to: phone.person, note: 'Backup runs till 14:00.' });
    phone.open('/now');
    expect(await screen.findByText('Sipho D. hands IT Specialists over to you.')).toBeVisible();
    expect(screen.getByText('Backup runs till 14:00.')).toBeVisible();
    phone.setNow(startedAt + 11 * minute);
    await phone.user.click(screen.getByRole('button', { name: 'Take over' }));
    await waitFor(() => expect(screen.queryByText('Sipho D. hands IT Specialists over to you.')).toBeNull());
    expect(await own(phone)).toMatchObject({ until: null });
  });

  it('[TAKE-11] is not offered to who only reads, and says loudly what could not be saved', async () => {
    const phone = await aPhoneInIncident(null);
    const opened = phone.open('/r/00000000/it-specialists');
    phone.failWrites({ tag: 'storage-full' });
    await phone.user.click(await screen.findByRole('button', { name: 'Take over' }));
    expect((await screen.findAllByText(/Not saved/)).length).toBeGreaterThan(0);
    expect(screen.getByText('Nobody works in this role yet.')).toBeVisible();
    opened.unmount();
    const observer = await aPhoneInIncident(null);
    await makeMember(observer, 'observer');
    observer.open('/r/00000000/it-specialists');
    expect(await screen.findByText('Nobody known here works in this role yet.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Take over' })).toBeNull();
  });
});

describe('the tasks of a role that nobody fills', () => {
  it('[TAKE-12] are on Now and in Mine of the superior, with why', async () => {
    const phone = await aPhoneInIncident('recovery-coordinator');
    const { items } = await phone.ports.builtInPlan();
    const owners = new Set<string>(items.map((item) => (item.section === 'task' ? item.owner : '')));
    const reports = items.find(
      (item) => item.section === 'role' && item.reportsTo === 'recovery-coordinator' && owners.has(item.id),
    );
    const role = reports?.id ?? '';
    const task = items.find((item) => item.section === 'task' && item.owner === role);
    const title = reports?.section === 'role' ? reports.title : '';
    await withSipho(phone, { until: now }, role);
    phone.open('/checklist');
    await phone.user.type(await screen.findByLabelText('Code or words'), task?.id ?? 'none');
    expect((await screen.findAllByText(`for ${title}, where nobody works`, { exact: false }))[0]).toBeVisible();
  });
});
