import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { instant, minute } from '../../../src/domain/time.ts';
import { aPhone, aPhoneInIncident, makeMember, startedAt } from '../../support/phone.tsx';

describe('Checklist', () => {
  it('[LIST-1] says what will appear while there is no incident', async () => {
    const phone = await aPhone();
    phone.open('/checklist');
    expect(await screen.findByText('No incident yet.')).toBeVisible();
    expect(screen.getByText(/phase by phase, as soon as it is activated/)).toBeVisible();
  });

  it('[LIST-2] opens on one’s own tasks and counts what each filter shows', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/checklist');
    expect(await screen.findByRole('button', { name: 'Mine 8' })).toHaveAttribute('aria-pressed', 'true');
    expect(screen.getByRole('button', { name: 'All 86' })).toBeVisible();
    expect(screen.getByText('0 of 86 done')).toBeVisible();
    expect(screen.getByRole('heading', { name: '1 Immediate response' })).toBeVisible();
    expect(screen.queryByRole('link', { name: /^CMD-01/ })).toBeNull();
  });

  it('[LIST-3] draws only the rows in sight', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/checklist');
    await phone.user.click(await screen.findByRole('button', { name: 'All 86' }));
    const rows = screen.getAllByRole('listitem');
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.length).toBeLessThan(40);
    expect(rows[0]).toHaveAttribute('aria-setsize', '91');
  });

  it('[LIST-4] one press marks done; a task that waits asks why first', async () => {
    const phone = await aPhoneInIncident('recovery-coordinator');
    phone.open('/checklist');
    await phone.user.click(await screen.findByRole('button', { name: 'Mark CMD-02 done' }));
    const dialog = await screen.findByRole('dialog', { name: 'CMD-02: done' });
    await phone.user.type(within(dialog).getByLabelText('It waits for CMD-01. Why now?'), 'Confirmed by phone');
    await phone.user.click(within(dialog).getByRole('button', { name: 'Mark done' }));
    await screen.findByText('CMD-02 marked done');
    const saved = await phone.storage.records.read('task', `${phone.incident}/CMD-02`);
    expect(saved.ok && saved.value?.value).toMatchObject({ status: 'done', reason: 'Confirmed by phone' });
  });

  it('[LIST-7] a second press in the place of a marked row marks no other one, and the row keeps the focus', async () => {
    const phone = await aPhoneInIncident('recovery-coordinator');
    phone.setNow(startedAt + 600 * minute);
    phone.open('/checklist');
    await phone.user.click(await screen.findByRole('button', { name: 'Mark CMD-01 done' }));
    await phone.user.click(screen.getByRole('button', { name: 'Mark CMD-03 done' }));
    await screen.findByText('CMD-01 marked done');
    await waitFor(() => expect(screen.getByRole('link', { name: /^CMD-01/ })).toHaveFocus());
    expect(screen.getByText('1 of 86 done')).toBeVisible();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('[LIST-5] nothing late, nothing blocked: said, not left blank', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/checklist');
    await phone.user.click(await screen.findByRole('button', { name: 'Late 0' }));
    expect(screen.getByText('Nothing is late.')).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'Blocked 0' }));
    expect(screen.getByText('Nothing is blocked.')).toBeVisible();
  });

  it('[LIST-8] finds tasks by code or words, within one role if one is chosen', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/checklist');
    await phone.user.click(await screen.findByRole('button', { name: 'All 86' }));
    const field = screen.getByLabelText('Code or words');
    await phone.user.type(field, 'cmd-02');
    await waitFor(() => expect(screen.queryByRole('link', { name: /^CMD-01/ })).toBeNull());
    expect(screen.getByRole('link', { name: /^CMD-02/ })).toBeVisible();
    await phone.user.clear(field);
    await phone.user.type(field, 'DECLARE the activation');
    expect(await screen.findByRole('link', { name: /^CMD-02/ })).toBeVisible();
    await phone.user.selectOptions(screen.getByLabelText('Role'), 'Public Relations');
    expect(await screen.findByText('No task fits.')).toBeVisible();
  });

  it('[LIST-6] an observer can’t mark anything', async () => {
    const phone = await aPhoneInIncident();
    await makeMember(phone, 'observer');
    phone.open('/checklist');
    await screen.findByRole('link', { name: /^IT-01|^CMD-01/ });
    expect(screen.queryByRole('button', { name: /^Mark/ })).toBeNull();
  });
});

describe('a task’s page', () => {
  it('[TASK-1] steps are ticked each on its own', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/checklist/CMD-01');
    const first = (await screen.findAllByRole('checkbox'))[0] as HTMLElement;
    await phone.user.click(first);
    expect(await screen.findByText('1 of 4')).toBeVisible();
    const saved = await phone.storage.records.read('step', `${phone.incident}/CMD-01/1`);
    expect(saved.ok && saved.value?.value).toMatchObject({ done: true, by: phone.person });
  });

  it('[TASK-2] the event time is kept apart from the entry time, with who typed it', async () => {
    const phone = await aPhoneInIncident();
    await phone.storage.records.write([
      { kind: 'person', key: 'sipho', value: { name: 'Sipho D.', contacts: [] }, shown: null },
    ]);
    phone.open('/checklist/CMD-01');
    await phone.user.click(await screen.findByRole('button', { name: 'Done earlier…' }));
    const when = await screen.findByLabelText(/When it happened/);
    await phone.user.clear(when);
    await phone.user.type(when, '1204');
    await phone.user.selectOptions(screen.getByLabelText('Who reported it'), 'Sipho D.');
    await phone.user.selectOptions(screen.getByLabelText('How it reached you'), 'On paper');
    await phone.user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Mark done' }));
    await screen.findByText('CMD-01 marked done');
    const saved = await phone.storage.records.read('task', `${phone.incident}/CMD-01`);
    expect(saved.ok && saved.value?.value).toMatchObject({ endedAt: instant(startedAt + 4 * minute), by: 'sipho' });
    expect(
      await screen.findByText(/Sipho D\. · Recovery Coordinator · on paper · typed 12:10 by Thandi M\./),
    ).toBeVisible();
  });

  it('[TASK-2] a report of what happened before the press of Start corrects the start: nothing ends before it began', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/checklist/CMD-01');
    await phone.user.click(await screen.findByRole('button', { name: 'Start' }));
    await phone.user.click(await screen.findByRole('button', { name: 'Done earlier…' }));
    const when = await screen.findByLabelText(/When it happened/);
    await phone.user.clear(when);
    await phone.user.type(when, '1204');
    await phone.user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Mark done' }));
    await screen.findByText('CMD-01 marked done');
    const saved = await phone.storage.records.read('task', `${phone.incident}/CMD-01`);
    const at = instant(startedAt + 4 * minute);
    expect(saved.ok && saved.value?.value).toMatchObject({ status: 'done', startedAt: at, endedAt: at });
  });

  it('[TASK-3] a time still to come is refused in words', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/checklist/CMD-01');
    await phone.user.click(await screen.findByRole('button', { name: 'Done earlier…' }));
    const when = await screen.findByLabelText(/When it happened/);
    await phone.user.clear(when);
    await phone.user.type(when, '15:00');
    expect(screen.getByText(/That is still to come: it is now 23 Nov 2026, 12:10 SAST/)).toBeVisible();
    await phone.user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Mark done' }));
    const saved = await phone.storage.records.read('task', `${phone.incident}/CMD-01`);
    expect(saved).toEqual({ ok: true, value: null });
  });

  it('[TASK-4] reopening takes a reason, and a final task offers nothing else', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/checklist/CMD-01');
    await phone.user.click(await screen.findByRole('button', { name: 'Mark done' }));
    await phone.user.click(await screen.findByRole('button', { name: 'Reopen…' }));
    const dialog = screen.getByRole('dialog', { name: 'CMD-01: reopen' });
    expect(screen.queryByRole('button', { name: 'Blocked…' })).toBeNull();
    await phone.user.type(within(dialog).getByLabelText('Why is it open again?'), 'The alarm came back');
    await phone.user.click(within(dialog).getByRole('button', { name: 'Mark in progress' }));
    expect(await screen.findByText(/in progress: The alarm came back/)).toBeVisible();
  });

  it('[TASK-8] after a change of status the focus is at the new status, and it is announced', async () => {
    const phone = await aPhoneInIncident('recovery-coordinator');
    phone.open('/checklist/CMD-01');
    await phone.user.click(await screen.findByRole('button', { name: 'Start' }));
    await waitFor(() => expect(document.activeElement).toHaveTextContent(/^in progress/));
    await phone.user.click(screen.getByRole('button', { name: 'Blocked…' }));
    const dialog = await screen.findByRole('dialog');
    await phone.user.type(within(dialog).getByLabelText('What is in the way?'), 'No key');
    await phone.user.click(within(dialog).getByRole('button', { name: 'Mark blocked' }));
    await waitFor(() => expect(document.activeElement).toHaveTextContent(/^blocked: No key/));
    await phone.user.click(screen.getByRole('button', { name: 'Mark done' }));
    await waitFor(() => expect(document.activeElement).toHaveTextContent(/^done/));
    expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toContainEqual(
      expect.stringMatching(/^CMD-01 marked done\. Undo is possible/),
    );
  });

  it('[TASK-5] a write that fails keeps what was typed', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/checklist/CMD-01');
    await phone.user.click(await screen.findByRole('button', { name: 'Blocked…' }));
    await phone.user.type(await screen.findByLabelText('What is in the way?'), 'No VPN');
    phone.failWrites({ tag: 'storage-lost' });
    await phone.user.click(screen.getByRole('button', { name: 'Mark blocked' }));
    expect((await screen.findAllByText(/Not saved\. The browser closed the storage/))[0]).toBeVisible();
    expect(screen.getByLabelText('What is in the way?')).toHaveValue('No VPN');
  });

  it('[TASK-6] names what it waits for as links, its test, owner and resources', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/checklist/IT-01');
    expect(await screen.findByRole('link', { name: /CMD-03 not started .+ · / })).toHaveAttribute(
      'href',
      '/checklist/CMD-03',
    );
    expect(screen.getByText(/^Done when: /)).toBeVisible();
    expect(screen.getAllByText('IT Specialists').length).toBeGreaterThan(0);
    expect(await screen.findByText(/^Nothing was reported yet/)).toBeVisible();
  });

  it('[TASK-7] an unknown code is said, not left blank', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/checklist/XX-99');
    expect(await screen.findByText('The plan has no task XX-99.')).toBeVisible();
  });
});
