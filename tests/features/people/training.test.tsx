import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { planHash } from '../../../src/domain/plan/plan-hash.ts';
import { publishVersion } from '../../../src/parts/activation.ts';
import { begin, aPhone, aPhoneWithPlan, makeMember, personOf, type Phone } from '../../support/phone.tsx';

const training = {
  ...{ type: 'exercise', title: 'Fire drill', date: '2026-01-10', people: [], roles: ['it-specialists'] },
  ...{ next: '2026-07-10', notes: 'Radio was weak', incident: null },
};

async function write(phone: Phone, kind: string, key: string, value: object): Promise<void> {
  const before = await phone.storage.records.read(kind as 'training', key);
  const shown = before.ok ? before.value : null;
  const wrote = await phone.storage.records.write([{ kind, key, value, shown } as never]);
  if (!wrote.ok) throw new Error(wrote.error.tag);
}

const recorded = (phone: Phone) =>
  new Promise<readonly unknown[]>((resolve, reject) => {
    phone.storage.records.watchPrefix('training', '').subscribe(
      (all) => resolve(all.map(({ value }) => value)),
      (fault) => reject(new Error(fault.tag)),
    );
  });

/** Publishes the built-in plan once more, with the phone's person as the holder of these roles. */
async function nameHolder(phone: Phone, roles: readonly string[]): Promise<void> {
  const { hash: _, ...first } = await phone.ports.builtInPlan();
  const items = first.items.map((item) =>
    item.section === 'role' && roles.includes(item.id)
      ? { ...item, salt: 'c2FsdHNhbHRzYWx0c2FsdA', holders: [{ kind: 'person', name: 'Thandi M.', person: 'thandi' }] }
      : item,
  ) as typeof first.items;
  const version = { ...first, items, number: 2 };
  const published = publishVersion({ ...version, hash: planHash(version) }, await personOf(phone));
  await write(phone, 'plan-version', published.key, published.value as object);
}

describe('Training', () => {
  it('[TRAIN-7] begins empty; a coordinator records one, faults are said at the field', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/people/training');
    expect(await screen.findByText('No training is recorded yet.')).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'Record training' }));
    await phone.user.click(screen.getByRole('button', { name: 'Save' }));
    expect(screen.getByText('Say what it was.')).toBeVisible();
    await phone.user.type(screen.getByLabelText('What it was'), 'Night shift briefing');
    await phone.user.click(screen.getByText('People: nobody yet'));
    await phone.user.click(screen.getByRole('checkbox', { name: 'Thandi M.' }));
    await phone.user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('2026-11-23 · Night shift briefing (briefing)')).toBeVisible();
    expect(await recorded(phone)).toMatchObject([
      { type: 'briefing', date: '2026-11-23', people: [await personOf(phone)], next: null },
    ]);
  });

  it('[TRAIN-8] says what is overdue here, on People and on Ready', async () => {
    const phone = await aPhoneWithPlan();
    await write(phone, 'training', 't1', training);
    let opened = phone.open('/people/training');
    const due = await screen.findByRole('list', { name: 'Due again' });
    expect(within(due).getByText('▲ overdue')).toBeVisible();
    opened.unmount();
    opened = phone.open('/now');
    expect(await screen.findByText('Overdue: the next exercise “Fire drill” was due 2026-07-10.')).toBeVisible();
    opened.unmount();
    opened = phone.open('/people');
    expect(await screen.findByText('▲ 1 overdue')).toBeVisible();
    opened.unmount();
    phone.open('/people/role/it-specialists');
    expect(await screen.findByText('Last exercise 10 months ago.')).toBeVisible();
  });

  it.each([
    ['in a role of the grant', ['it-specialists'], [], true],
    ['in a role of the plan', [], ['it-specialists'], true],
    ['in another role', ['safety-officer'], [], false],
  ] as const)('[TRAIN-12] on Ready it speaks to who is %s, if it is theirs', async (_, granted, named, isTold) => {
    const phone = await aPhoneWithPlan();
    await makeMember(phone, 'responder', granted);
    await nameHolder(phone, named);
    await write(phone, 'training', 't1', training);
    phone.open('/now');
    await screen.findByRole('heading', { level: 1, name: 'Ready' });
    if (isTold) expect(await screen.findByText(/^Overdue: the next exercise “Fire drill”/)).toBeVisible();
    else expect(screen.queryByText(/^Overdue/)).toBeNull();
  });

  it('[TRAIN-9] is edited, and deleted with one press to undo it', async () => {
    const phone = await aPhoneWithPlan();
    await write(phone, 'training', 't1', training);
    phone.open('/people/training');
    await phone.user.click(await screen.findByText('2026-01-10 · Fire drill (exercise)'));
    await phone.user.click(screen.getByRole('button', { name: 'Edit Fire drill' }));
    await phone.user.clear(screen.getByLabelText('What it was'));
    await phone.user.type(screen.getByLabelText('What it was'), 'Fire drill, hall 2');
    await phone.user.click(screen.getByRole('button', { name: 'Save' }));
    await phone.user.click(await screen.findByText('2026-01-10 · Fire drill, hall 2 (exercise)'));
    await phone.user.click(screen.getByRole('button', { name: 'Delete Fire drill, hall 2' }));
    expect(await screen.findByText('No training is recorded yet.')).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('2026-01-10 · Fire drill, hall 2 (exercise)')).toBeVisible();
  });

  it('[TRAIN-10] a closed exercise is offered with everybody who worked in it', async () => {
    const phone = await aPhoneWithPlan();
    const id = await begin(phone, 'exercise', 'Flood exercise', 'dakumofi');
    await write(phone, 'person', 'sipho', { name: 'Sipho D.', contacts: [] });
    const since = '2026-11-23T10:00:00.000Z';
    await write(phone, 'assignment', `${id}/it-specialists/sipho`, { since, until: since, note: null });
    const read = await phone.storage.records.read('incident', id);
    const incident = read.ok ? read.value?.value : null;
    await write(phone, 'incident', id, { ...incident, status: 'closed', closedAt: since });
    phone.open('/people/training');
    await phone.user.click(await screen.findByRole('button', { name: 'Record it' }));
    expect(await screen.findByLabelText('What it was')).toHaveValue('Flood exercise');
    await phone.user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Record it' })).toBeNull());
    expect(await recorded(phone)).toMatchObject([
      {
        type: 'exercise',
        incident: id,
        roles: ['it-specialists'],
        people: expect.arrayContaining(['sipho']) as unknown,
      },
    ]);
  });

  it('[TRAIN-11] others read it; what can’t be saved stays in the form', async () => {
    const phone = await aPhoneWithPlan();
    const opened = phone.open('/people/training');
    await phone.user.click(await screen.findByRole('button', { name: 'Record training' }));
    await phone.user.type(screen.getByLabelText('What it was'), 'Fire drill');
    phone.failWrites({ tag: 'storage-full' });
    await phone.user.click(screen.getByRole('button', { name: 'Save' }));
    expect((await screen.findAllByText(/Not saved/)).length).toBeGreaterThan(0);
    expect(screen.getByLabelText('What it was')).toHaveValue('Fire drill');
    opened.unmount();
    const observer = await aPhone();
    await makeMember(observer, 'observer');
    observer.open('/people/training');
    expect(await screen.findByText('A coordinator records it.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Record training' })).toBeNull();
  });
});
