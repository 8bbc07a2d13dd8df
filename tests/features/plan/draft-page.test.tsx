import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { planHash } from '../../../src/domain/plan/plan-hash.ts';
import type { PlanItem, PlanVersion } from '../../../src/domain/plan/plan-item.ts';
import type { Draft, Shown } from '../../../src/domain/ports/records.ts';
import { publishVersion } from '../../../src/parts/activation.ts';
import * as make from '../../support/plan-items.ts';
import { aPhone, makeMember, personOf, type Phone } from '../../support/phone.tsx';

const contact = make.contact('desk', { name: 'Head office' });
const items: readonly PlanItem[] = [
  ...make.smallPlanItems().filter(({ id }) => id !== 'it'),
  make.role('it', { title: 'IT Specialists', holders: [{ kind: 'person', name: 'Ana', contact: 'desk' }] }),
  contact,
];

/** A phone with a small plan published as version 1. */
async function aPhoneWithSmallPlan(): Promise<Phone> {
  const phone = await aPhone();
  const hash = planHash({ items, withheld: [] });
  const written = await phone.storage.records.write([
    publishVersion({ ...make.versionOf(items), hash }, await personOf(phone)),
  ]);
  if (!written.ok) throw new Error(JSON.stringify(written.error));
  return phone;
}

async function inDraft(phone: Phone, key: string): Promise<Shown<'plan-item'>['value'] | undefined> {
  const read = await phone.storage.records.read('plan-item', `shop/${key}`);
  return read.ok ? read.value?.value : undefined;
}

async function versionsOn(phone: Phone): Promise<readonly PlanVersion[]> {
  return new Promise((resolve, reject) => {
    const leave = phone.storage.records.watchPrefix('plan-version', '').subscribe(
      (shown) => {
        resolve(shown.map(({ value }) => value as unknown as PlanVersion));
        queueMicrotask(() => leave());
      },
      (fault) => reject(new Error(fault.tag)),
    );
  });
}

describe('Change the plan', () => {
  it('[EDIT-17] a part opens at its title, also where the part before it was read to its end', async () => {
    const phone = await aPhoneWithSmallPlan();
    phone.open('/draft/task/IT-01');
    const pane = await screen.findByRole('region', { name: 'Part of the draft' });
    pane.scrollTop = 900;
    await phone.user.click(await screen.findByRole('link', { name: /^Review and publish/, hidden: true }));
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Review and publish' })).toHaveFocus());
    expect(pane.scrollTop).toBe(0);
  });

  it('[EDIT-1] only coordinators change the plan; others are told whom to ask, and see no Edit', async () => {
    const phone = await aPhoneWithSmallPlan();
    await makeMember(phone, 'responder', ['it']);
    const shown = phone.open('/draft/task/IT-01');
    expect(await screen.findByText('Only coordinators change the plan.')).toBeVisible();
    shown.unmount();
    phone.open('/plan/task/IT-01');
    expect(await screen.findByRole('heading', { name: /IT-01/ })).toBeVisible();
    expect(screen.queryByText('Change the plan')).toBeNull();
    expect(screen.queryByRole('link', { name: /^Edit/ })).toBeNull();
  });

  it('[EDIT-2] without a plan there is one to begin from', async () => {
    const phone = await aPhone();
    phone.open('/draft');
    expect(await screen.findByRole('button', { name: 'Use the built-in plan' })).toBeVisible();
  });

  it('[EDIT-3] a task is changed offline, gets a new salt, and the published plan stays', async () => {
    const phone = await aPhoneWithSmallPlan();
    phone.sync.say({ connection: 'offline' });
    phone.open('/plan/task/IT-01');
    await phone.user.click(await screen.findByRole('link', { name: /^Edit IT-01/ }));
    const title = await screen.findByLabelText('Title');
    await phone.user.clear(title);
    await phone.user.type(title, 'Look at every alarm');
    await phone.user.clear(screen.getByLabelText('Target, hours'));
    await phone.user.type(screen.getByLabelText('Target, hours'), '1');
    await phone.user.type(screen.getByLabelText('Steps'), 'Open the list{Enter}{Enter}Read it aloud ');
    await phone.user.click(screen.getByRole('button', { name: 'Save in the draft' }));
    expect(await screen.findByText('One change against version 1, not published yet.')).toBeVisible();
    const saved = (await inDraft(phone, 'task/IT-01')) as unknown as Record<string, unknown>;
    const before = items.find(({ id }) => id === 'IT-01') as PlanItem;
    expect(saved).toMatchObject({
      title: 'Look at every alarm',
      target: 90,
      steps: ['Open the list', 'Read it aloud'],
    });
    expect(saved['salt']).toMatch(/^[\w-]{22}$/);
    expect(saved['salt']).not.toBe(before.salt);
    expect((await versionsOn(phone)).map(({ number }) => number)).toEqual([1]);
  });

  it('[EDIT-4] what is wrong is said at its field, the focus goes there, and nothing is saved', async () => {
    const phone = await aPhoneWithSmallPlan();
    phone.open('/draft/task/IT-02');
    const title = await screen.findByLabelText('Title');
    await phone.user.clear(title);
    const waits = screen.getByLabelText('Waits for');
    await phone.user.clear(waits);
    await phone.user.type(waits, 'LD-01, IT-1');
    await phone.user.click(screen.getByRole('button', { name: 'Save in the draft' }));
    expect(await screen.findByText('Must not be empty.')).toBeVisible();
    expect(title).toHaveFocus();
    expect(screen.getByText(/tasks wait for each other/i)).toBeVisible();
    expect(screen.getByText(/Number 2: no task "IT-1"; did you mean "IT-01"\?(?!\.)/)).toBeVisible();
    expect(await inDraft(phone, 'task/IT-02')).toBeUndefined();
  });

  it('[EDIT-5] a write that fails says so loudly and keeps what was typed', async () => {
    const phone = await aPhoneWithSmallPlan();
    phone.open('/draft/contact/desk');
    await phone.user.type(await screen.findByLabelText('Position'), 'Front desk');
    phone.failWrites({ tag: 'storage-full' });
    await phone.user.click(screen.getByRole('button', { name: 'Save in the draft' }));
    expect((await screen.findAllByText(/Not saved\. The storage of this device is full/))[0]).toBeVisible();
    expect(screen.getByLabelText('Position')).toHaveValue('Front desk');
    phone.failWrites(null);
    await phone.user.click(screen.getByRole('button', { name: 'Save in the draft' }));
    await waitFor(async () => expect(await inDraft(phone, 'contact/desk')).toMatchObject({ position: 'Front desk' }));
  });

  it('[EDIT-6] holders are added, linked to a person known here, put in order and removed, with a way back', async () => {
    const phone = await aPhoneWithSmallPlan();
    const known: Draft = { kind: 'person', key: 'sipho', value: { name: 'Sipho D.', contacts: [] }, shown: null };
    await phone.storage.records.write([known]);
    phone.open('/draft/role/it');
    await phone.user.click(await screen.findByRole('button', { name: 'Add a person' }));
    const second = screen.getByRole('group', { name: 'Number 2' });
    await phone.user.selectOptions(within(second).getByLabelText('Joined as'), 'Sipho D.');
    expect(within(second).getByLabelText('Name')).toHaveValue('Sipho D.');
    await phone.user.click(screen.getByRole('button', { name: 'Up number 2' }));
    await phone.user.click(screen.getByRole('button', { name: 'Remove number 2' }));
    expect((await screen.findAllByText(/^Ana removed/))[0]).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'Undo' }));
    await phone.user.click(screen.getByRole('button', { name: 'Add a department' }));
    const third = await screen.findByRole('group', { name: 'Number 3' });
    await phone.user.type(within(third).getByLabelText('Name'), 'Night desk');
    await phone.user.click(screen.getByRole('button', { name: 'Save in the draft' }));
    await waitFor(async () =>
      expect(await inDraft(phone, 'role/it')).toMatchObject({
        holders: [
          { kind: 'person', name: 'Sipho D.', person: 'sipho' },
          { kind: 'person', name: 'Ana', contact: 'desk' },
          { kind: 'department', name: 'Night desk' },
        ],
      }),
    );
  });

  it('[EDIT-18] the person whom a holder joined as is corrected without losing the name and contact chosen for it', async () => {
    const phone = await aPhoneWithSmallPlan();
    const known = ['Sipho D.', 'Thabo K.'].map((name): Draft => ({
      kind: 'person',
      key: name.slice(0, 5).toLowerCase(),
      value: { name, contacts: [] },
      shown: null,
    }));
    await phone.storage.records.write(known);
    phone.open('/draft/role/it');
    const first = await screen.findByRole('group', { name: 'Number 1' });
    await within(first).findByRole('option', { name: 'Thabo K.' });
    for (const joined of ['Sipho D.', 'Nobody who joined', 'Thabo K.']) {
      await phone.user.selectOptions(within(first).getByLabelText('Joined as'), joined);
      expect(within(first).getByLabelText('Name')).toHaveValue('Ana');
      expect(within(first).getByLabelText('Contact in this plan')).toHaveValue('desk');
    }
    await phone.user.click(screen.getByRole('button', { name: 'Add a person' }));
    const second = screen.getByRole('group', { name: 'Number 2' });
    for (const joined of ['Sipho D.', 'Thabo K.']) {
      await phone.user.selectOptions(within(second).getByLabelText('Joined as'), joined);
      expect(within(second).getByLabelText('Name')).toHaveValue(joined);
    }
  });

  it('[EDIT-7] a contact is added with its means and verified today', async () => {
    const phone = await aPhoneWithSmallPlan();
    phone.open('/draft/contact/new');
    await phone.user.type(await screen.findByLabelText('Name'), 'Fire brigade');
    await phone.user.type(screen.getByLabelText('Number or address'), '+27 00 000 0112');
    await phone.user.click(screen.getByRole('button', { name: 'Verified today' }));
    await phone.user.click(screen.getByRole('button', { name: 'Save in the draft' }));
    await waitFor(async () =>
      expect(await inDraft(phone, 'contact/fire-brigade')).toMatchObject({
        id: 'fire-brigade',
        means: [{ pace: 'primary', type: 'phone', value: '+27 00 000 0112' }],
        verifiedAt: '2026-11-23',
      }),
    );
  });

  it('[EDIT-16] a number that was changed counts as verified no more', async () => {
    const phone = await aPhoneWithSmallPlan();
    phone.open('/draft/contact/new');
    await phone.user.type(await screen.findByLabelText('Number or address'), '112');
    await phone.user.click(screen.getByRole('button', { name: 'Verified today' }));
    expect(screen.getByLabelText('Last verified')).toHaveValue('2026-11-23');
    await phone.user.type(screen.getByLabelText('Number or address'), '3');
    expect(screen.getByLabelText('Last verified')).toHaveValue('');
  });

  it('[EDIT-8] a task is added under a free code; a code that is taken is refused in words', async () => {
    const phone = await aPhoneWithSmallPlan();
    phone.open('/draft/new-task/first');
    const code = await screen.findByLabelText('Code');
    expect(code).toHaveValue('IT-04');
    await phone.user.clear(code);
    await phone.user.type(code, 'it-03');
    await phone.user.type(screen.getByLabelText('Title'), 'Call the vendor');
    await phone.user.type(screen.getByLabelText('Done when'), 'The vendor answers');
    await phone.user.click(screen.getByRole('button', { name: 'Save in the draft' }));
    expect(await screen.findByText('Is taken already.')).toBeVisible();
    await phone.user.clear(code);
    await phone.user.type(code, 'IT-04');
    await phone.user.click(screen.getByRole('button', { name: 'Save in the draft' }));
    await waitFor(async () => expect(await inDraft(phone, 'task/IT-04')).toMatchObject({ title: 'Call the vendor' }));
  });

  it('[EDIT-9] a task that is removed hands on what it waited for; Undo brings all of it back', async () => {
    const phone = await aPhoneWithSmallPlan();
    phone.open('/draft/task/IT-02');
    await phone.user.click(await screen.findByRole('button', { name: 'Remove this task' }));
    expect(
      (await screen.findAllByText(/^IT-02 removed from the draft; 1 item that names it changed too/))[0],
    ).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('link', { name: /^IT-02/ })).toBeNull());
    expect(await inDraft(phone, 'task/LD-01')).toMatchObject({ dependsOn: ['IT-01', 'IT-03'] });
    await phone.user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(async () =>
      expect(await inDraft(phone, 'task/LD-01')).toMatchObject({ dependsOn: ['IT-02', 'IT-03'] }),
    );
    expect(await screen.findByText('The draft says what version 1 says.')).toBeVisible();
  });

  it('[EDIT-10] tasks are moved by buttons', async () => {
    const phone = await aPhoneWithSmallPlan();
    phone.open('/draft/phase/first');
    await phone.user.click(await screen.findByRole('button', { name: 'Up IT-03' }));
    expect((await screen.findAllByText('IT-03 is now number 2 of 3'))[0]).toBeVisible();
    await waitFor(() => {
      const rows = screen.getAllByRole('link', { name: /^IT-/ }).map(({ textContent }) => textContent.slice(0, 5));
      expect(rows).toEqual(['IT-01', 'IT-03', 'IT-02']);
    });
  });

  it('[EDIT-11] an edit of somebody else that comes while one writes is told, and can be taken', async () => {
    const phone = await aPhoneWithSmallPlan();
    phone.open('/draft/contact/desk');
    await phone.user.type(await screen.findByLabelText('Position'), 'Mine');
    const theirs = { ...contact, name: 'Head office, night', salt: 'theirsalttheirsalt0000' };
    await phone.storage.records.write([
      { kind: 'plan-item', key: 'shop/contact/desk', value: theirs as never, shown: null },
    ]);
    expect(await screen.findByText('Somebody else changed this while you were writing.')).toBeVisible();
    expect(screen.getByLabelText('Position')).toHaveValue('Mine');
    await phone.user.click(screen.getByRole('button', { name: 'Show theirs' }));
    expect(await screen.findByLabelText('Name')).toHaveValue('Head office, night');
    expect(screen.getByLabelText('Position')).toHaveValue('');
  });
});

describe('Review and publish', () => {
  it('[PUBLISH-1] with nothing changed there is nothing to publish', async () => {
    const phone = await aPhoneWithSmallPlan();
    phone.open('/draft/review');
    expect((await screen.findAllByText('The draft says what version 1 says.'))[1]).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Publish/ })).toBeNull();
  });

  it('[PUBLISH-2] says every change in words, publishes the next version, and leaves the draft with nothing to say', async () => {
    const phone = await aPhoneWithSmallPlan();
    const task = items.find(({ id }) => id === 'IT-01') as PlanItem;
    const changed = { ...task, title: 'Look', target: 45, dependsOn: [], salt: 'newsaltnewsaltnewsalt0' };
    await phone.storage.records.write([
      { kind: 'plan-item', key: 'shop/task/IT-01', value: changed as never, shown: null },
    ]);
    phone.open('/draft/review');
    const card = await screen.findByRole('region', { name: 'Changed: task IT-01 Look' });
    expect(
      within(card)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['Title: “Restore IT-01” → “Look”', 'Target: 30 min → 45 min']);
    await phone.user.click(screen.getByRole('button', { name: 'Publish as version 2' }));
    expect((await screen.findAllByText('Published as version 2'))[0]).toBeVisible();
    const second = (await versionsOn(phone)).find(({ number }) => number === 2);
    expect(second).toMatchObject({ plan: 'shop', author: await personOf(phone), withheld: [] });
    expect(second?.items.find(({ id }) => id === 'IT-01')).toEqual(changed);
    expect(await inDraft(phone, 'task/IT-01')).toEqual(changed);
    expect(await screen.findByText('Nothing changed yet')).toBeVisible();
  });

  it('[PUBLISH-3] a fault holds it back and leads to its item', async () => {
    const phone = await aPhoneWithSmallPlan();
    await phone.storage.records.write([{ kind: 'plan-item', key: 'shop/contact/desk', value: null, shown: null }]);
    phone.open('/draft/review');
    expect(await screen.findByText('One fault holds it back.')).toBeVisible();
    const faults = screen.getByRole('list', { name: 'Faults' });
    expect(faults).toHaveTextContent('IT Specialists: no contact "desk"');
    expect(within(faults).getByRole('link')).toHaveAttribute('href', '/draft/role/it');
    expect(screen.getByRole('button', { name: 'Publish as version 2' })).toBeDisabled();
    await phone.user.click(screen.getByRole('button', { name: /^Take it out/ }));
    expect((await screen.findAllByText('The draft says what version 1 says.'))[0]).toBeVisible();
  });

  it('[PUBLISH-4] a write that fails publishes nothing and says so', async () => {
    const phone = await aPhoneWithSmallPlan();
    const changed = { ...contact, name: 'Gate', salt: 'newsaltnewsaltnewsalt0' };
    await phone.storage.records.write([
      { kind: 'plan-item', key: 'shop/contact/desk', value: changed as never, shown: null },
    ]);
    phone.open('/draft/review');
    await screen.findByRole('button', { name: 'Publish as version 2' });
    phone.failWrites({ tag: 'too-large', kind: 'plan-version', key: 'x', bytes: 7 * 2 ** 20, most: 6 * 2 ** 20 });
    await phone.user.click(screen.getByRole('button', { name: 'Publish as version 2' }));
    expect((await screen.findAllByText(/Not saved: this is too long/))[0]).toBeVisible();
    expect((await versionsOn(phone)).length).toBe(1);
  });

  it('[PUBLISH-5] an earlier version is brought back through the draft, as the next version with a hash of its own', async () => {
    const phone = await aPhoneWithSmallPlan();
    const later = items.map((item) => (item === contact ? { ...contact, name: 'Gate' } : item));
    const hash = planHash({ items: later, withheld: [] });
    await phone.storage.records.write([
      publishVersion({ ...make.versionOf(later, { number: 2 }), hash }, await personOf(phone)),
    ]);
    phone.open('/plan/versions');
    await phone.user.click(await screen.findByRole('button', { name: 'Bring it back…' }));
    expect(await screen.findByRole('region', { name: 'Changed: contact Head office' })).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'Publish as version 3' }));
    expect((await screen.findAllByText('Published as version 3'))[0]).toBeVisible();
    const [first, third] = [1, 3].map((number) =>
      versionsOn(phone).then((all) => all.find((each) => each.number === number)),
    );
    const [one, three] = [await first, await third];
    expect(three?.items.find(({ id }) => id === 'desk')).toEqual(one?.items.find(({ id }) => id === 'desk'));
    expect(planHash(three as PlanVersion)).not.toBe(planHash(one as PlanVersion));
  });
});
