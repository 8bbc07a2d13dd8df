import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { planHash } from '../../../src/domain/plan/plan-hash.ts';
import { writePlanFile } from '../../../src/domain/plan/plan-file.ts';
import type { PlanVersion } from '../../../src/domain/plan/plan-item.ts';
import { generatedPlan } from '../../support/large-plan.ts';
import * as make from '../../support/plan-items.ts';
import { aPhone, aPhoneWithPlan, type Phone } from '../../support/phone.tsx';

/** A file as a browser gives it; jsdom's can't be read as bytes. */
function fileOf(text: string, name = 'shop.json'): File {
  const file = new File([text], name, { type: 'application/json' });
  return Object.assign(file, { arrayBuffer: () => Promise.resolve(new TextEncoder().encode(text).buffer) });
}

async function choose(phone: Phone, text: string): Promise<void> {
  await phone.user.upload(await screen.findByLabelText('Open a plan file'), fileOf(text));
}

async function draftItems(phone: Phone): Promise<number> {
  return new Promise((resolve, reject) => {
    const leave = phone.storage.records.watchPrefix('plan-item', '', { tombstones: true }).subscribe(
      (shown) => {
        resolve(shown.length);
        queueMicrotask(() => leave());
      },
      (fault) => reject(new Error(fault.tag)),
    );
  });
}

const small: PlanVersion = { ...make.versionOf(make.smallPlanItems()), number: 4 };

describe('Open a plan file', () => {
  it('[PLANFILE-1] on the empty Plan: says what it holds, and only a press publishes it, under its own number and hash', async () => {
    const phone = await aPhone();
    phone.open('/plan');
    await choose(phone, writePlanFile(small));
    const card = await screen.findByRole('region', { name: 'What the file holds' });
    const hash = planHash(small);
    const before = await phone.storage.records.read('plan-version', hash);
    expect(before.ok && before.value).toBeNull();
    await phone.user.click(within(card).getByRole('button', { name: 'Publish as version 4' }));
    await waitFor(() => expect(window.location.search).toContain('version='));
    const saved = await phone.storage.records.read('plan-version', hash);
    expect(saved.ok && saved.value?.value).toMatchObject({ number: 4, plan: small.plan });
  });

  it('[PLANFILE-2] every fault is named by its place and in words, and nothing is kept', async () => {
    const phone = await aPhone();
    phone.open('/plan');
    const broken = JSON.parse(writePlanFile(small)) as { items: Record<string, unknown>[] };
    const at = broken.items.findIndex(({ section }) => section === 'task');
    broken.items[at] = { ...broken.items[at], owner: 'nobody-there', target: -5 };
    await choose(phone, JSON.stringify(broken));
    const faults = await screen.findByRole('list', { name: 'Faults' });
    expect(within(faults).getByText(`items[${at}].target`)).toBeVisible();
    expect(screen.getByText('Nothing of it was kept. Put it right in the file, then open it again.')).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Publish/ })).toBeNull();
    await choose(phone, 'no plan at all');
    await waitFor(() => expect(screen.queryByText(`items[${at}].target`)).toBeNull());
    expect(screen.getByText(/is not taken: 1 fault\.$/)).toBeVisible();
  });

  it('[PLANFILE-3] a vendor’s part becomes no plan', async () => {
    const phone = await aPhone();
    phone.open('/plan');
    await choose(phone, writePlanFile({ ...small, withheld: ['a'.repeat(64)] }));
    expect(await screen.findByText(/only the part of a plan that a vendor sees/)).toBeVisible();
  });

  it('[PLANFILE-4] beside a plan the Large plan goes into the draft whole, and no version comes of it before somebody publishes', async () => {
    const phone = await aPhoneWithPlan();
    const large = generatedPlan('large');
    phone.open('/draft/file');
    await choose(phone, writePlanFile({ ...large, withheld: [] }));
    const card = await screen.findByRole('region', { name: 'What the file holds' }, { timeout: 60_000 });
    expect(within(card).getByText(/34 roles · 2,400 tasks · 250 contacts/)).toBeVisible();
    expect(await draftItems(phone)).toBe(0);
    await phone.user.click(within(card).getByRole('button', { name: 'Put it into the draft' }));
    await waitFor(() => expect(window.location.pathname).toBe('/draft/review'), { timeout: 60_000 });
    expect(await draftItems(phone)).toBeGreaterThan(large.items.length);
    expect(await screen.findByRole('button', { name: 'Publish as version 2' }, { timeout: 60_000 })).toBeEnabled();
    const read = await phone.storage.records.read('plan-version', large.hash);
    expect(read.ok && read.value).toBeNull();
  });
});
