import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { PlanHash } from '../../../src/domain/ids.ts';
import { readPlanFile } from '../../../src/domain/plan/plan-file.ts';
import { planHash } from '../../../src/domain/plan/plan-hash.ts';
import type { PlanItem } from '../../../src/domain/plan/plan-item.ts';
import { publishVersion } from '../../../src/parts/activation.ts';
import * as make from '../../support/plan-items.ts';
import { aPhone, aPhoneInIncident, aPhoneWithPlan, makeMember, personOf, type Phone } from '../../support/phone.tsx';

/** Publishes the built-in plan once more, with another title of IT-01. */
async function publishSecond(phone: Phone): Promise<PlanHash> {
  const first = await phone.ports.builtInPlan();
  const items = first.items.map((item): PlanItem =>
    item.id === 'IT-01' ? { ...item, title: 'Look at every alarm' } : item,
  );
  const hash = planHash({ items, withheld: [] });
  await phone.storage.records.write([publishVersion({ ...first, items, number: 2, hash }, await personOf(phone))]);
  return hash;
}

describe('Plan, read as a document', () => {
  it('[PLAN-1] offers the built-in plan to a coordinator who has none, and tells others to wait', async () => {
    const phone = await aPhone();
    phone.open('/plan');
    expect(await screen.findByRole('button', { name: 'Use the built-in plan' })).toBeVisible();
  });

  it('[PLAN-1] tells somebody who can’t publish where the plan will come from', async () => {
    const phone = await aPhone();
    await makeMember(phone, 'responder');
    phone.open('/plan');
    expect(await screen.findByText('No plan on this device yet.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Use the built-in plan' })).toBeNull();
  });

  it('[PLAN-2] says which plan this is: title, number, hash, three words, who and when; and lists its chapters', async () => {
    const phone = await aPhoneWithPlan();
    phone.sync.say({ connection: 'offline' });
    phone.open('/plan');
    const { hash } = await phone.ports.builtInPlan();
    expect(await screen.findByText(new RegExp(`Version 1 · ${hash.slice(0, 8)}`))).toBeVisible();
    expect(await screen.findByText(/^[a-z]+-[a-z]+-[a-z]+$/)).toBeVisible();
    expect(screen.getByText(/^Published by Thandi M\., 23 Nov 2026, \d\d:\d\d/)).toBeVisible();
    const chapters = within(screen.getByRole('list', { name: 'Contents' })).getAllByRole('link');
    expect(chapters.map((each) => each.textContent)).toEqual([
      'About this plan',
      'Objectives8',
      'Risks11',
      'Activation',
      'Systems14',
      'Roles15',
      'Contacts37',
      'Communication6',
      expect.stringMatching(/^Phase 1: Immediate response0-4 h · \d+ tasks$/),
      expect.stringMatching(/^Phase 2/),
      expect.stringMatching(/^Phase 3/),
      expect.stringMatching(/^Phase 4/),
      expect.stringMatching(/^Phase 5/),
      'Milestones15',
      'Resources25',
      'Versions1 on this device',
      'Print the plan',
    ]);
  });

  it('[PLAN-3] finds a task by its code and anything by words', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/plan');
    const find = await screen.findByLabelText('Find in the plan');
    await phone.user.type(find, 'it-03');
    const found = await screen.findByRole('list', { name: 'Found' });
    await waitFor(() => expect(within(found).getAllByRole('link')[0]).toHaveTextContent(/^IT-03 /));
    await phone.user.clear(find);
    await phone.user.type(find, 'no such words');
    expect(await screen.findByText('Nothing in this plan has “no such words”.')).toBeVisible();
  });

  it('[PLAN-4] opens an item where it stands, with everything that the plan says of it', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/plan/task/IT-03');
    const task = (await screen.findByRole('heading', { name: /^IT-03/ })).closest('article') as HTMLElement;
    await waitFor(() => expect(task).toHaveFocus());
    for (const term of ['Done when', 'Owner', 'Waits for']) expect(within(task).getByText(term)).toBeVisible();
    expect(within(task).getAllByRole('listitem').length).toBeGreaterThan(2);
    expect(within(task).getByRole('link', { name: 'IT Specialists' })).toHaveAttribute(
      'href',
      '/plan/role/it-specialists',
    );
  });

  it('[PLAN-5] a number is there to call and an address to write to; a value that is neither stays words', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/plan/contact');
    const call = (await screen.findAllByText('+27 00 000 0001'))[0]?.closest('a');
    expect(call).toHaveAttribute('href', 'tel:+27000000001');
    for (const radio of screen.getAllByText('Channel 1, call sign COMMAND')) expect(radio.closest('a')).toBeNull();
  });

  it('[PLAN-6] an incident goes on with its own version: that one is read, and the newer one is named', async () => {
    const phone = await aPhoneInIncident();
    const second = await publishSecond(phone);
    phone.open('/plan/versions');
    expect(await screen.findByText('The current version: the next incident works it.')).toBeVisible();
    await waitFor(() => expect(screen.getAllByText('The open incident works this version.').length).toBe(2));
    expect(screen.getByText('Version 2 is newer and counts for the next incident.')).toBeVisible();
    const [read] = screen.getAllByRole('link', { name: 'Read version 2' });
    expect(read).toHaveAttribute('href', `/plan?version=${second.slice(0, 8)}`);
    await phone.user.click(read as HTMLElement);
    expect(await screen.findByText('The open incident works version 1, not this one.')).toBeVisible();
  });

  it('[PLAN-7] a version or a part that is not here is said, not left blank', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/plan?version=ffffffff');
    expect(await screen.findByText('That version is not on this device.')).toBeVisible();
    await phone.user.click(screen.getByRole('link', { name: 'Read the plan' }));
    expect(await screen.findByLabelText('Find in the plan')).toBeVisible();
  });

  it('[PLAN-8] a version saved as a file is read again with the same hash', async () => {
    const phone = await aPhoneWithPlan();
    const saved: Blob[] = [];
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => `blob:${saved.push(blob as Blob)}`);
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    phone.open('/plan/versions');
    await phone.user.click(await screen.findByRole('button', { name: 'Save as a plan file' }));
    expect(click).toHaveBeenCalledOnce();
    expect(screen.getByRole('link', { name: /-version-1\.holdfast-plan\.json$/ })).toBeVisible();
    const read = readPlanFile((await saved[0]?.text()) ?? '');
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    expect(planHash(read.value)).toBe((await phone.ports.builtInPlan()).hash);
  });

  it('[PLAN-12] a file that can’t be made is said to be none', async () => {
    const phone = await aPhoneWithPlan();
    vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
      throw new DOMException('no memory');
    });
    phone.open('/plan/versions');
    await phone.user.click(await screen.findByRole('button', { name: 'Save as a plan file' }));
    expect(screen.getByText('The file could not be saved.')).toBeVisible();
    expect(screen.queryByText('The file is written.')).toBeNull();
  });

  it('[PLAN-9] the whole plan stands open before it is printed', async () => {
    const phone = await aPhone();
    const template = { id: 'first', title: 'First word', audience: 'All', channel: 'Chat', body: 'We are on it.' };
    const items = [
      ...make.smallPlanItems(),
      make.procedure('talk', { templates: [template] }),
      ...Array.from({ length: 30 }, (_, n) => make.task(`LD-${n + 10}`)),
    ];
    const hash = planHash({ items, withheld: [] });
    await phone.storage.records.write([publishVersion({ ...make.versionOf(items), hash }, await personOf(phone))]);
    const print = vi.fn();
    vi.stubGlobal('print', print);
    phone.open('/plan/whole');
    await phone.user.click(await screen.findByText('Print', { selector: 'button span' }));
    expect(print).toHaveBeenCalledOnce();
    expect(document.querySelectorAll('article[id^="task-"]').length).toBe(34);
    expect(screen.getByText('We are on it.').closest('details')).toHaveAttribute('open');
  });
});
