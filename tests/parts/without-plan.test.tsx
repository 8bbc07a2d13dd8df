import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { PlanHash } from '../../src/domain/ids.ts';
import { activation, aPhoneWithPlan } from '../support/phone.tsx';

it('[NOW-40] an incident whose plan has not come leads to the version that is here', async () => {
  const phone = await aPhoneWithPlan();
  const { drafts } = await activation(phone, { plan: '0'.repeat(64) as PlanHash });
  expect((await phone.storage.records.write(drafts)).ok).toBe(true);
  phone.open('/contacts');
  expect(await screen.findByText('The plan of “Warehouse fire” is not on this device yet.')).toBeVisible();
  await phone.user.click(await screen.findByRole('link', { name: 'Read version 1, which is here' }));
  expect(await screen.findByRole('heading', { name: 'Plan' })).toBeVisible();
});
