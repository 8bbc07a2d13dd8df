import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { instant, minute } from '../../../src/domain/time.ts';
import { aPhone, aPhoneInIncident, aPhoneWithPlan, makeMember, startedAt } from '../../support/phone.tsx';
import { aVendorPhone } from '../../support/vendor-phone.ts';

describe('Timeline', () => {
  it('[TIME-20] without a plan it says what will appear and how to start', async () => {
    const phone = await aPhone();
    phone.open('/timeline');
    expect(await screen.findByText('No plan on this device yet.')).toBeVisible();
    expect(screen.getByText(/The phases of the plan appear here on a time axis/)).toBeVisible();
  });

  it('[TIME-21] without an incident it shows the planned timeline in hours', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/timeline');
    expect(await screen.findByText('5 phases in 72 h from activation.')).toBeVisible();
    expect(screen.getByText('Hours from activation')).toBeVisible();
    const picture = screen.getByLabelText('Timeline. 5 phases in 72 h from activation.');
    expect(within(picture).getByText('T0')).toBeInTheDocument();
    expect(within(picture).queryByText(/^now /)).toBeNull();
    const milestones = screen.getByLabelText('Milestones');
    expect(milestones.children).toHaveLength(15);
    expect(within(milestones).getByText('within 45 min')).toBeVisible();
  });

  it('[TIME-22] on time it says so first, with the next milestone', async () => {
    const phone = await aPhoneInIncident();
    phone.setNow(startedAt + 5 * minute);
    phone.open('/timeline');
    const words = 'On time. Next: Recovery team active and command post open, due in 40 min';
    expect(await screen.findByText(`${words}.`)).toBeVisible();
    const picture = screen.getByLabelText(`Timeline. ${words}.`);
    expect(within(picture).getByText('now 12:05')).toBeInTheDocument();
    expect(screen.getByText('Times in SAST')).toBeVisible();
  });

  it('[TIME-23] late is said first and in the picture, and leads to the task that is most overdue', async () => {
    const phone = await aPhoneInIncident();
    await report(phone, 'CMD-02', { startedAt: 2, endedAt: null, status: 'in-progress' });
    phone.setNow(startedAt + 50 * minute);
    phone.open('/timeline');
    expect(await screen.findByText('Immediate response runs 40 min late.')).toBeVisible();
    expect(within(screen.getByLabelText(/^Timeline/)).getByText('+40 min')).toBeInTheDocument();
    const phases = screen.getByLabelText('Phases');
    expect(within(phases).getByText('40 min late')).toBeVisible();
    expect(within(phases).getByRole('link', { name: 'Most overdue: CMD-01' })).toHaveAttribute(
      'href',
      '/checklist/CMD-01',
    );
    expect(screen.getByRole('link', { name: 'Open the checklist' })).toHaveAttribute('href', '/checklist');
  });

  it('[TIME-24] follows a report without being opened again, and tells the same to who does not see the picture', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/timeline');
    await screen.findByText(/^On time/);
    for (const code of ['CMD-02', 'CMD-03', 'CMD-04']) {
      await report(phone, code, { startedAt: 2, endedAt: 8, status: 'done' });
    }
    expect(await screen.findByText('1 of 15 reached')).toBeVisible();
    const milestones = screen.getByLabelText('Milestones');
    expect(within(milestones).getByText(/reached 12:08/)).toBeVisible();
    expect(screen.getByLabelText(/^Timeline/)).toHaveAccessibleDescription(
      /Immediate response: 3 of 29 done, running since 12:02, on time\..*Milestone Recovery team active/,
    );
  });

  it('[TIME-25] an exercise is marked, offline is calm', async () => {
    const phone = await aPhoneInIncident('it-specialists', 'exercise');
    phone.sync.say({ connection: 'offline', unsent: 3, lastSentAt: instant(startedAt) });
    phone.open('/timeline');
    expect(await screen.findByText('EXERCISE · not a real incident')).toBeVisible();
    expect(await screen.findByLabelText(/^Timeline/)).toBeVisible();
    expect(screen.getByText(/3 to send · last sent 12:00$/)).toBeVisible();
  });

  it('[TIME-26] an observer reads the same picture', async () => {
    const phone = await aPhoneInIncident(null);
    await makeMember(phone, 'observer');
    phone.open('/timeline');
    expect(await screen.findByLabelText(/^Timeline. On time/)).toBeVisible();
  });

  it('[TIME-27] a vendor sees the phases of its own tasks and none of the milestones of others', async () => {
    const phone = await aVendorPhone(['hosting-vendor']);
    phone.open('/timeline');
    const phases = await screen.findByLabelText('Phases');
    expect(within(phases).getByText('Technical recovery')).toBeVisible();
    expect(screen.queryByText('Recovery signed off and declared')).toBeNull();
  });
});

async function report(
  phone: Awaited<ReturnType<typeof aPhoneInIncident>>,
  code: string,
  {
    startedAt: from,
    endedAt: to,
    status,
  }: { startedAt: number; endedAt: number | null; status: 'done' | 'in-progress' },
) {
  const at = (minutes: number) => instant(startedAt + minutes * minute);
  const written = await phone.storage.records.write([
    {
      kind: 'task',
      key: `${phone.incident}/${code}`,
      value: { status, reason: null, startedAt: at(from), endedAt: to === null ? null : at(to), by: phone.person },
      shown: null,
    },
  ]);
  expect(written.ok).toBe(true);
}
