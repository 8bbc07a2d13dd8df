import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { KnownDevice, ServerApi } from '../../../src/domain/ports/server-api.ts';
import { ok } from '../../../src/domain/result.ts';
import { aPhone, aPhoneWithPlan, makeMember, type Phone } from '../../support/phone.tsx';
import { said, serverSays } from '../../support/server-says.ts';

function answers(phone: Phone, parts: Partial<ServerApi>): void {
  Object.assign(phone.ports, { server: { ...phone.ports.server, ...parts } });
}

async function withBen(phone: Phone): Promise<void> {
  await makeMember(phone, 'coordinator');
  answers(phone, { devices: () => Promise.resolve(ok<readonly KnownDevice[]>([])) });
  await serverSays(phone, [
    said({ kind: 'person', key: 'ben', value: { name: 'Ben', contacts: [] } }),
    said({ kind: 'grant', key: 'ben', value: { access: 'responder', roles: ['it-specialists'] }, by: 'server' }),
  ]);
}

describe('the board', () => {
  it('[READY-70] before a plan is published no role is said to be covered', async () => {
    const phone = await aPhone();
    await makeMember(phone, 'coordinator');
    phone.open('/readiness');
    expect(await screen.findByText('No plan is published yet.')).toBeVisible();
    expect(screen.queryByText(/Every critical role/)).toBeNull();
  });

  it('[READY-71] says to a coordinator by name what others have to do, and to oneself as “you”', async () => {
    const phone = await aPhoneWithPlan();
    await withBen(phone);
    phone.open('/readiness');
    const todo = await screen.findByRole('list', { name: 'What to do' });
    expect(await within(todo).findByText(/Send Ben the invitation again\./)).toBeVisible();
    const mine = within(todo).getByRole('region', { name: 'What to do: Thandi M.' });
    expect(mine).toHaveTextContent('Thandi M. (you)');
    expect(mine).not.toHaveTextContent(/Ask Thandi|Call Thandi/);
    expect(within(mine).getByRole('link', { name: 'Test this device' })).toHaveAttribute('href', '/test');
  });

  it('[READY-72] who is missing tonight: only the verdict is told aloud when it changes', async () => {
    const phone = await aPhoneWithPlan();
    await withBen(phone);
    phone.open('/readiness/missing');
    await phone.user.click(await screen.findByRole('checkbox', { name: /^Ben/ }));
    const verdict = screen
      .getAllByRole('status')
      .find((each) => (each.textContent ?? '').includes('would have nobody'));
    expect(verdict).toHaveTextContent(/^1 role with \d+ tasks would have nobody\./);
    expect(verdict).not.toHaveTextContent('IT-01');
    expect(screen.getByRole('region', { name: 'Uncovered: IT Specialists' })).toHaveTextContent('IT-01');
  });
});
