import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { instant, minute } from '../../../src/domain/time.ts';
import { aPhone, aPhoneInIncident, aPhoneWithPlan, startedAt } from '../../support/phone.tsx';

describe('the page that a role card opens', () => {
  it('[ROLE-1] says that the card is of the version held here', async () => {
    const phone = await aPhoneWithPlan();
    const { hash } = await phone.ports.builtInPlan();
    phone.open(`/r/${hash.slice(0, 8)}/it-specialists`);
    expect(await screen.findByText('The card is of the version held here.')).toBeVisible();
    expect(screen.getByRole('heading', { level: 1, name: 'IT Specialists' })).toBeVisible();
  });

  it('[ROLE-6] says in words which colour the band of the role is', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/r/00000000/it-specialists');
    expect(await screen.findByText('B. Disaster recovery team · red vest')).toBeVisible();
  });

  it('[ROLE-2] warns when the card is of a version that this phone does not hold', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/r/00000000/it-specialists');
    expect(await screen.findByText('The card is of a version that is not on this device.')).toBeVisible();
  });

  it('[ROLE-3] shows how far the tasks of the role are in the open incident', async () => {
    const phone = await aPhoneInIncident('security-officer');
    const { hash } = await phone.ports.builtInPlan();
    phone.open(`/r/${hash.slice(0, 8)}/it-specialists`);
    const rows = await screen.findAllByRole('link', { name: /^IT-01/ });
    expect(within(rows[0] as HTMLElement).getByText(/waits for CMD-03/)).toBeVisible();
  });

  it('[ROLE-4] says plainly when there is no such role, or no plan', async () => {
    const phone = await aPhoneWithPlan();
    const shown = phone.open('/r/00000000/nobody');
    expect(await screen.findByText(/has no role “nobody”/)).toBeVisible();
    shown.unmount();
    const bare = await aPhone();
    bare.open('/r/00000000/it-specialists');
    expect(await screen.findByText('No plan on this device yet.')).toBeVisible();
  });

  it('[ROLE-5] a role that was taken is handed over with what the next person must know', async () => {
    const phone = await aPhoneInIncident('it-specialists');
    phone.open('/r/00000000/it-specialists');
    await phone.user.click(await screen.findByRole('button', { name: 'Hand over this role…' }));
    await phone.user.type(screen.getByLabelText('What must the next person know?'), 'Keys are in 3B.');
    await phone.user.click(screen.getByRole('button', { name: 'Hand over' }));
    expect((await screen.findAllByText('You no longer work as IT Specialists'))[0]).toBeVisible();
    const saved = await phone.storage.records.read('assignment', `${phone.incident}/it-specialists/${phone.person}`);
    expect(saved.ok && saved.value?.value).toMatchObject({
      until: instant(startedAt + 10 * minute),
      note: 'Keys are in 3B.',
    });
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Hand over this role…' })).toBeNull());
  });
});
