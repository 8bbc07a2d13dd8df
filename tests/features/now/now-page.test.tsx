import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { instant, minute } from '../../../src/domain/time.ts';
import {
  aPhone,
  aPhoneInIncident,
  aPhoneWithPlan,
  correctContact,
  makeMember,
  startedAt,
} from '../../support/phone.tsx';
import { aVendorPhone } from '../../support/vendor-phone.ts';

describe('Now', () => {
  it('[NOW-1] without a plan it says how to start', async () => {
    const phone = await aPhone();
    phone.open('/now');
    await phone.user.click(await screen.findByRole('button', { name: 'Use the built-in plan' }));
    expect(await screen.findByRole('heading', { name: 'Ready' })).toBeVisible();
    expect(await screen.findByText(/86 tasks in 5 phases for 15 roles/)).toBeVisible();
  });

  it('[NOW-2] without an incident it says that the plan is ready and what will appear', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/now');
    expect(await screen.findByText(/When the plan is activated, your next task appears here/)).toBeVisible();
    expect(screen.getByRole('link', { name: 'Activate the plan' })).toHaveAttribute('href', '/activate');
  });

  it('[NOW-13] activating is offered only to whom the plan lets declare', async () => {
    const plain = await aPhoneWithPlan();
    await makeMember(plain, 'responder', ['it-specialists']);
    const opened = plain.open('/now');
    expect(await screen.findByText(/When the plan is activated, your next task appears here/)).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Activate the plan' })).toBeNull();
    opened.unmount();
    const declarer = await aPhoneWithPlan();
    await makeMember(declarer, 'responder', ['security-officer']);
    declarer.open('/now');
    expect(await screen.findByRole('link', { name: 'Activate the plan' })).toBeVisible();
  });

  it('[NOW-14] an observer is not told to wait for a role', async () => {
    const phone = await aPhoneWithPlan();
    await makeMember(phone, 'observer');
    phone.open('/now');
    expect(await screen.findByText(/you read the plan and every incident, and change nothing/)).toBeVisible();
    expect(screen.queryByText(/take one when the plan is activated/)).toBeNull();
  });

  it('[NOW-15] a vendor is shown roles that its copy withholds in words, not by their ids', async () => {
    const phone = await aVendorPhone(['payment-vendor']);
    phone.open('/now');
    expect(await screen.findByText(/PAY-01 comes first, after TEC-01 \(a role of the organisation\)/)).toBeVisible();
  });

  it('[NOW-20] says when nobody works in the role that one’s task waits for, and whom to call', async () => {
    const phone = await aPhoneInIncident('it-specialists');
    phone.open('/now');
    expect(
      await screen.findByText(
        'Nobody works as Recovery Coordinator yet. Call Thandi Example (example), who holds it in the plan.',
      ),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: /\+27/ })).toHaveAttribute('href', expect.stringMatching(/^tel:/));
    await correctContact(phone, 'coordinator', '+27 00 000 0302');
    expect(await screen.findByRole('link', { name: /\+27 00 000 0302/ })).toBeVisible();
  });

  it('[NOW-3] one task comes first, with one press to mark it done, saved with its log entry before the screen says so', async () => {
    const phone = await aPhoneInIncident('recovery-coordinator');
    phone.open('/now');
    const card = await screen.findByRole('region', { name: /^CMD-01/ });
    await phone.user.click(within(card).getByRole('button', { name: 'Mark done' }));
    expect(await screen.findByText('CMD-01 marked done')).toBeVisible();
    const saved = await phone.storage.records.read('task', `${phone.incident}/CMD-01`);
    expect(saved.ok && saved.value?.value).toMatchObject({ status: 'done', by: phone.person });
    expect(await logOf(phone, 'CMD-01')).toMatchObject([{ type: 'status', from: 'not-started', to: 'done' }]);
    expect(phone.sync.nudges()).toContain('wrote');
    expect(await screen.findByRole('region', { name: /^CMD-02/ })).toBeVisible();
  });

  it('[NOW-4] undo is a new change that needs no reason', async () => {
    const phone = await aPhoneInIncident('recovery-coordinator');
    phone.open('/now');
    await phone.user.click(await screen.findByRole('button', { name: 'Mark done' }));
    const undo = await screen.findByRole('button', { name: 'Undo' });
    phone.setNow(startedAt + 11 * minute);
    await phone.user.click(undo);
    expect((await screen.findAllByText('CMD-01 is not started again'))[0]).toBeVisible();
    const saved = await phone.storage.records.read('task', `${phone.incident}/CMD-01`);
    expect(saved.ok && saved.value?.value).toMatchObject({ status: 'not-started', endedAt: null });
    expect(await logOf(phone, 'CMD-01')).toMatchObject([
      { to: 'done' },
      { from: 'done', to: 'not-started', reason: null },
    ]);
  });

  it('[NOW-5] blocked asks what is in the way before it saves', async () => {
    const phone = await aPhoneInIncident('recovery-coordinator');
    phone.open('/now');
    await phone.user.click(await screen.findByRole('button', { name: 'Blocked…' }));
    await phone.user.click(await screen.findByRole('button', { name: 'Mark blocked' }));
    expect(await screen.findByText(/Give a reason/)).toBeVisible();
    await phone.user.type(screen.getByLabelText('What is in the way?'), 'No VPN');
    await phone.user.click(screen.getByRole('button', { name: 'Mark blocked' }));
    await screen.findByText('CMD-01 marked blocked');
    const saved = await phone.storage.records.read('task', `${phone.incident}/CMD-01`);
    expect(saved.ok && saved.value?.value).toMatchObject({ status: 'blocked', reason: 'No VPN' });
  });

  it('[NOW-6] a write that fails is said loudly, and the sync line no longer says saved', async () => {
    const phone = await aPhoneInIncident('recovery-coordinator');
    phone.open('/now');
    const button = await screen.findByRole('button', { name: 'Mark done' });
    phone.failWrites({ tag: 'storage-full' });
    await phone.user.click(button);
    await waitFor(() => expect(screen.getAllByText(/Not saved\./).length).toBeGreaterThan(0));
    expect(screen.queryByText(/^Saved on this/)).toBeNull();
    phone.failWrites(null);
    await phone.user.click(button);
    expect(await screen.findByText(/^Saved on this/)).toBeVisible();
  });

  it('[NOW-7] who holds no role takes one, and is then shown the tasks of that role', async () => {
    const phone = await aPhoneInIncident(null);
    phone.open('/now');
    await phone.user.selectOptions(await screen.findByLabelText('Which role do you work in?'), 'Security Officer');
    await phone.user.click(screen.getByRole('button', { name: 'Take this role' }));
    expect(await screen.findByRole('heading', { name: 'Next for you' })).toBeVisible();
    await waitFor(() => expect(screen.queryByLabelText('Which role do you work in?')).toBeNull());
    expect(screen.getAllByText(/SEC-01/)[0]).toBeVisible();
  });

  it('[NOW-8] late is derived from the target and said in words', async () => {
    const phone = await aPhoneInIncident('recovery-coordinator');
    phone.setNow(startedAt + 22 * minute);
    phone.open('/now');
    const card = await screen.findByRole('region', { name: /^CMD-01/ });
    expect(within(card).getByText('12 min late')).toBeVisible();
    expect(screen.getByText('T+ 00:22')).toBeVisible();
  });

  it('[NOW-16] a double-click marks one task: the next one takes no press at once, and its title has the focus', async () => {
    const phone = await aPhoneInIncident('recovery-coordinator');
    phone.open('/now');
    await phone.user.click(await screen.findByRole('button', { name: 'Mark done' }));
    await screen.findByRole('region', { name: /^CMD-02/ });
    await waitFor(() =>
      expect(screen.getByRole('heading', { name: 'Declare the activation and set its severity' })).toHaveFocus(),
    );
    await phone.user.click(screen.getByRole('button', { name: 'Mark done' }));
    await screen.findByText('CMD-01 marked done');
    expect(await logOf(phone, 'CMD-01')).toHaveLength(1);
    expect(await logOf(phone, 'CMD-02')).toHaveLength(0);
    await waitFor(
      async () => {
        await phone.user.click(screen.getByRole('button', { name: 'Mark done' }));
        expect(await screen.findByText('CMD-02 marked done', {}, { timeout: 100 })).toBeVisible();
      },
      { timeout: 5000 },
    );
  });

  it('[NOW-16] Enter held down marks one task', async () => {
    const phone = await aPhoneInIncident('recovery-coordinator');
    phone.open('/now');
    const button = await screen.findByRole('button', { name: 'Mark done' });
    expect(fireEvent.keyDown(button, { key: 'Enter' })).toBe(true);
    expect(fireEvent.keyDown(button, { key: 'Enter', repeat: true })).toBe(false);
  });

  it('[NOW-17] what is asked about a task stays that task’s when another one comes first meanwhile', async () => {
    const phone = await aPhoneInIncident('recovery-coordinator');
    phone.open('/now');
    await phone.user.click(await screen.findByRole('button', { name: 'Blocked…' }));
    await phone.user.type(await screen.findByLabelText('What is in the way?'), 'No VPN');
    await phone.storage.records.write([
      {
        kind: 'task',
        key: `${phone.incident}/CMD-01`,
        value: { status: 'done', reason: null, startedAt: null, endedAt: instant(startedAt), by: phone.person },
        shown: null,
      },
    ]);
    await screen.findByRole('region', { name: /^CMD-02/ });
    expect(screen.getByRole('dialog', { name: 'CMD-01: blocked' })).toBeVisible();
    expect(screen.getByLabelText('What is in the way?')).toHaveValue('No VPN');
  });

  it('[NOW-21] the state of a system is reported with a way back, which the log tells too', async () => {
    const phone = await aPhoneInIncident();
    const rowOf = (words: string) => new RegExp(`^Network and VPN ?${words}$`);
    const opened = phone.open('/now');
    await phone.user.click(await screen.findByRole('button', { name: /^Report the state of a system/ }));
    for (const [before, state, again] of [
      ['not reported', 'restored', 'not reported'],
      ['not reported', 'down', null],
      ['down', 'restored', 'down'],
    ] as const) {
      await phone.user.click(await screen.findByRole('button', { name: rowOf(before) }));
      const dialog = await screen.findByRole('dialog', { name: 'Network and VPN' });
      await phone.user.click(within(dialog).getByRole('radio', { name: new RegExp(`^${state}`) }));
      await phone.user.click(within(dialog).getByRole('button', { name: 'Save' }));
      const row = await screen.findByRole('button', { name: rowOf(state) });
      // state is word and shape
      expect(row.querySelectorAll('svg')).toHaveLength(2);
      if (again === null) continue;
      await phone.user.click(screen.getByRole('button', { name: 'Undo' }));
      expect(await screen.findByRole('button', { name: rowOf(again) })).toBeVisible();
      expect((await screen.findAllByText(`Network and VPN: ${again} again`))[0]).toBeVisible();
    }
    opened.unmount();
    phone.open('/log');
    expect(await screen.findByText('Network and VPN: no report. Undone.')).toBeVisible();
    expect(screen.getByText('Network and VPN: down. Undone.')).toBeVisible();
  });

  it('[NOW-21] of the systems that were reported the worst comes first', async () => {
    const phone = await aPhoneInIncident();
    const [first, second] = (await phone.ports.builtInPlan()).items.filter(({ section }) => section === 'system');
    const report = (system: string, impact: 'down' | 'restored') => ({
      kind: 'impact' as const,
      key: `${phone.incident}/${system}`,
      value: { impact, estimate: null, at: instant(startedAt), by: phone.person },
      shown: null,
    });
    await phone.storage.records.write([report(first?.id ?? '', 'restored'), report(second?.id ?? '', 'down')]);
    phone.open('/now');
    const rows = await screen.findAllByRole('button', { name: /(down|restored)$/ });
    expect(rows.map(({ textContent }) => /(down|restored)$/.exec(textContent ?? '')?.[0])).toEqual([
      'down',
      'restored',
    ]);
  });

  it('[NOW-9] offline is normal: it says what is saved and what is to send', async () => {
    const phone = await aPhoneInIncident();
    phone.sync.say({ connection: 'offline', unsent: 3, lastSentAt: instant(startedAt) });
    phone.open('/now');
    expect(await screen.findByText(/^Saved on this computer · 3 to send · last sent 12:00$/)).toBeVisible();
  });

  it('[NOW-10] an observer sees the tasks and is offered nothing to press', async () => {
    const phone = await aPhoneInIncident(null);
    await makeMember(phone, 'observer');
    phone.open('/now');
    await screen.findByRole('region', { name: /^CMD-01/ });
    expect(screen.queryByRole('button', { name: /done/i })).toBeNull();
    expect(screen.getByText('Observer')).toBeVisible();
  });

  it('[NOW-11] an exercise is marked on the screen', async () => {
    const phone = await aPhoneInIncident('it-specialists', 'exercise');
    phone.open('/now');
    expect(await screen.findByText('EXERCISE · not a real incident')).toBeVisible();
  });

  it('[NOW-12] when everything of a role is done it says so', async () => {
    const phone = await aPhoneInIncident('public-relations');
    const { records } = phone.storage;
    const { items } = await phone.ports.builtInPlan();
    const mine = items.filter((item) => item.section === 'task').filter((task) => task.owner === 'public-relations');
    expect(mine.length).toBeGreaterThan(0);
    await records.write(
      mine.map((task) => ({
        kind: 'task' as const,
        key: `${phone.incident}/${task.id}`,
        value: {
          status: 'done' as const,
          reason: null,
          startedAt: null,
          endedAt: instant(startedAt),
          by: phone.person,
        },
        shown: null,
      })),
    );
    phone.open('/now');
    expect(await screen.findByText('Everything of yours is done.')).toBeVisible();
  });
});

async function logOf(phone: Awaited<ReturnType<typeof aPhoneInIncident>>, code: string) {
  return new Promise((resolve, reject) => {
    const leave = phone.storage.records.watchTaskLog(`${phone.incident}/${code}`).subscribe(
      (entries) => {
        resolve(entries.map(({ value }) => value));
        queueMicrotask(() => leave());
      },
      (fault) => reject(new Error(fault.tag)),
    );
  });
}
