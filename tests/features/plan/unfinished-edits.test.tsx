import { screen, type RenderResult } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { planHash } from '../../../src/domain/plan/plan-hash.ts';
import { publishVersion } from '../../../src/parts/activation.ts';
import * as make from '../../support/plan-items.ts';
import { aPhone, personOf, type Phone } from '../../support/phone.tsx';

const items = make.smallPlanItems();
const notSaved = 'What you typed here before is not saved yet.';
let phone: Phone;
let page: RenderResult;

beforeEach(async () => {
  phone = await aPhone();
  const hash = planHash({ items, withheld: [] });
  await phone.storage.records.write([publishVersion({ ...make.versionOf(items), hash }, await personOf(phone))]);
  page = phone.open('/draft/task/IT-01');
});

async function lookElsewhereAndBack(): Promise<void> {
  await phone.user.click(screen.getAllByRole('link', { name: /^Log/ })[0] as HTMLElement);
  await screen.findByRole('heading', { name: 'Log' });
  window.history.back();
  await screen.findByLabelText('Title');
}

async function typeTitleAndTarget(): Promise<void> {
  const title = await screen.findByLabelText('Title');
  await phone.user.clear(title);
  await phone.user.type(title, 'Look at every alarm');
  const hours = screen.getByLabelText('Target, hours');
  await phone.user.clear(hours);
  await phone.user.type(hours, 'x{Backspace}9');
}

describe('Edits that are not saved yet', () => {
  it('[EDIT-KEEP-1] what was typed is still there after a look at another screen, is said to be unsaved, and can be saved', async () => {
    await typeTitleAndTarget();
    expect(screen.queryByText(notSaved)).toBeNull();
    await lookElsewhereAndBack();
    expect(screen.getByText(notSaved)).toBeVisible();
    expect(screen.getByLabelText('Title')).toHaveValue('Look at every alarm');
    expect(screen.getByLabelText('Target, hours')).toHaveValue('9');
    await phone.user.click(screen.getByRole('button', { name: 'Save in the draft' }));
    expect(await screen.findByText('One change against version 1, not published yet.')).toBeVisible();
    window.history.back();
    expect(await screen.findByLabelText('Title')).toHaveValue('Look at every alarm');
    expect(screen.queryByText(notSaved)).toBeNull();
  });

  it('[EDIT-KEEP-2] it can be thrown away: every field shows the draft again', async () => {
    const before = (await screen.findByLabelText<HTMLInputElement>('Target, hours')).value;
    await typeTitleAndTarget();
    await lookElsewhereAndBack();
    await phone.user.click(screen.getByRole('button', { name: 'Throw it away' }));
    expect(screen.getByLabelText('Title')).toHaveValue('Restore IT-01');
    expect(screen.getByLabelText('Target, hours')).toHaveValue(before);
    expect(screen.queryByText(notSaved)).toBeNull();
    await lookElsewhereAndBack();
    expect(screen.getByLabelText('Title')).toHaveValue('Restore IT-01');
  });

  it('[EDIT-KEEP-3] Cancel throws it away, and what was typed back to what it was is no edit', async () => {
    await typeTitleAndTarget();
    await phone.user.click(screen.getByRole('button', { name: 'Cancel' }));
    window.history.back();
    expect(await screen.findByLabelText('Title')).toHaveValue('Restore IT-01');
    await phone.user.type(screen.getByLabelText('Title'), 'x{Backspace}');
    await lookElsewhereAndBack();
    expect(screen.queryByText(notSaved)).toBeNull();
  });

  it('[EDIT-KEEP-4] what was typed survives the end of the app, an update included', async () => {
    await typeTitleAndTarget();
    page.unmount();
    phone.open('/draft/task/IT-01');
    expect(await screen.findByText(notSaved)).toBeVisible();
    expect(screen.getByLabelText('Title')).toHaveValue('Look at every alarm');
    expect(screen.getByLabelText('Target, hours')).toHaveValue('9');
  });
});
