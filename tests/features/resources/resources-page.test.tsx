import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { instant } from '../../../src/domain/time.ts';
import { aPhone, aPhoneInIncident, aPhoneWithPlan, makeMember, startedAt } from '../../support/phone.tsx';
import { aVendorPhone } from '../../support/vendor-phone.ts';

describe('Resources', () => {
  it('[RESOURCE-1] without a plan it says what will appear', async () => {
    const phone = await aPhone();
    phone.open('/resources');
    expect(await screen.findByText(/What the recovery needs appears here/)).toBeVisible();
  });

  it('[RESOURCE-2] says first what it costs against what is set aside, then every kind with its sum', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/resources');
    expect(await screen.findByText('The resources cost ZAR 872,000 of ZAR 1,160,000 set aside.')).toBeVisible();
    expect(screen.getByText('ZAR 279,000 in all')).toBeVisible();
    expect(screen.getByText('ZAR 593,000 in all')).toBeVisible();
    expect(screen.getByText('ZAR 1,160,000 set aside')).toBeVisible();
    expect(screen.getByText(/left ZAR 288,000$/)).toBeVisible();
    expect(screen.getByLabelText('Technical').children).toHaveLength(13);
    expect(screen.queryByText(/^Request/)).toBeNull();
  });

  it('[RESOURCE-3] one resource tells source, owner and tasks; in an incident these open in the checklist', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/resources/standby-servers');
    const detail = await screen.findByLabelText('Tasks that need it');
    expect(screen.getByText('CloudSample Hosting, contract EX-HST-2210')).toBeVisible();
    expect(screen.getByText('Technical Support Lead')).toBeVisible();
    expect(
      within(detail)
        .getByText(/^IT-03 /)
        .closest('a'),
    ).toHaveAttribute('href', '/checklist/IT-03');
  });

  it('[RESOURCE-4] without an incident the tasks are named', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/resources/standby-servers');
    const detail = await screen.findByLabelText('Tasks that need it');
    expect(within(detail).getByText('IT-03')).toBeVisible();
    expect(within(detail).queryByRole('link')).toBeNull();
  });

  it('[RESOURCE-5] in an exercise, offline, and to an observer it reads the same', async () => {
    const phone = await aPhoneInIncident(null, 'exercise');
    await makeMember(phone, 'observer');
    phone.sync.say({ connection: 'offline', unsent: 0, lastSentAt: instant(startedAt) });
    phone.open('/resources');
    expect(await screen.findByText(/^The resources cost ZAR 872,000/)).toBeVisible();
    expect(screen.getByText('EXERCISE · not a real incident')).toBeVisible();
  });

  it('[RESOURCE-6] a vendor’s part shows what its tasks need and nothing else, without a header', async () => {
    const phone = await aVendorPhone(['hosting-vendor']);
    phone.open('/resources');
    expect(await screen.findByText('Standby servers')).toBeVisible();
    expect(screen.queryByText('Standby power for the command post')).toBeNull();
  });
});
