import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../../src/domain/ids.ts';
import type { Json } from '../../../src/domain/json.ts';
import type { Change, SyncedRecord } from '../../../src/domain/sync/protocol.ts';
import { instant, minute } from '../../../src/domain/time.ts';
import { aPhone, aPhoneInIncident, makeMember, personOf, startedAt, type Phone } from '../../support/phone.tsx';
import { conflictAbout, said, serverSays } from '../../support/server-says.ts';

const me = 'thandi' as PersonId;
const ana = said({ kind: 'person', key: 'ana', value: { name: 'Ana', contacts: [] } });

type Overruled = Phone & { readonly task: string; readonly mine: Change; readonly theirs: SyncedRecord };

/** Thandi's “done 12:02” on IT-03 lost against Ana's “blocked 12:05”. */
async function overruledPhone(access: 'responder' | 'coordinator' = 'responder', author = me): Promise<Overruled> {
  const phone = await aPhoneInIncident('it-specialists');
  await makeMember(phone, access, ['it-specialists']);
  await serverSays(phone, [ana]);
  const task = `${phone.incident}/IT-03`;
  const endedAt = instant(startedAt + 2 * minute);
  const value = { status: 'done', reason: null, startedAt: endedAt, endedAt, by: me } as const;
  await phone.storage.records.write([{ kind: 'task', key: task, value, shown: null }]);
  const [mine] = await serverSays(phone, []);
  if (mine === undefined) throw new Error('nothing was sent');
  const theirs = said({
    kind: 'task',
    key: task,
    value: { ...value, status: 'blocked', reason: 'no key', endedAt: null, by: 'ana' },
    at: startedAt + 5 * minute,
  });
  await serverSays(phone, [theirs, conflictAbout(mine, author, theirs)]);
  phone.sync.say({ connection: 'online', lastSentAt: instant(startedAt) });
  return { ...phone, task, mine, theirs };
}

const sentence = 'Your “done 12:02” on IT-03 was overruled by Ana’s “blocked 12:05: no key”.';

async function press(phone: Phone, name: string): Promise<void> {
  const button = await screen.findByRole('button', { name });
  await waitFor(() => expect(button).toBeEnabled());
  await phone.user.click(button);
}

async function written(phone: Phone, kind: string): Promise<readonly Change[]> {
  const prepared = await phone.storage.syncStore.prepare({ changes: 500, bytes: 1e7 });
  if (!prepared.ok || prepared.value === null) throw new Error('not a member');
  return prepared.value.body.changes.filter((change) => change.kind === kind);
}

describe('an overruled change', () => {
  it('[CONFLICT-1] is told to its author on Now, in words, and counted beside the sync line', async () => {
    const phone = await overruledPhone();
    phone.open('/now');
    expect(await screen.findByText(sentence)).toBeVisible();
    expect(await screen.findByRole('link', { name: '1 overruled' })).toHaveAttribute('href', '/conflicts');
    expect(screen.getByRole('button', { name: 'Keep theirs' })).toBeVisible();
  });

  it('[CONFLICT-2] restored, it is a new change based on the winner, with its line in the log and the decision, in one transaction', async () => {
    const phone = await overruledPhone();
    phone.sync.say({ connection: 'offline' });
    phone.open('/conflicts');
    expect(await screen.findByText('Not connected; that is normal.')).toBeVisible();
    await press(phone, 'Restore mine');
    await screen.findByText('Restored: IT-03, done 12:02');
    const [task] = await written(phone, 'task');
    expect(task).toMatchObject({
      key: phone.task,
      value: phone.mine.value,
      base: phone.theirs.change,
      seen: phone.theirs.stamp,
    });
    const [log] = await written(phone, 'log');
    expect(log?.value).toMatchObject({ type: 'status', from: 'blocked', to: 'done', by: me, task: 'IT-03' });
    const [conflict] = await written(phone, 'conflict');
    expect(conflict).toMatchObject({ key: phone.mine.id, value: { decision: 'restored', key: phone.task } });
    expect([conflict?.n, log?.n].map((n) => (n ?? 0) - (task?.n ?? 0))).toEqual([1, 2]);
    expect(phone.sync.nudges()).toContain('wrote');
    const decided = await screen.findByRole('list', { name: 'Decided' });
    expect(within(decided).getByText(/^Restored by you, .* · to send$/)).toBeVisible();
    expect(screen.queryByRole('link', { name: '1 overruled' })).toBeNull();
  });

  it('[CONFLICT-3] a restore is undone by one press: theirs stands again, said so in the log', async () => {
    const phone = await overruledPhone();
    phone.open('/conflicts');
    await press(phone, 'Restore mine');
    await press(phone, 'Undo');
    await waitFor(async () => expect(await written(phone, 'task')).toHaveLength(2));
    const [restored, undone] = await written(phone, 'task');
    expect(undone).toMatchObject({ value: phone.theirs.value, base: restored?.id });
    expect((await written(phone, 'log'))[1]?.value).toMatchObject({ from: 'done', to: 'blocked' });
    expect((await written(phone, 'conflict'))[1]?.value).toMatchObject({ decision: 'kept' });
  });

  it('[CONFLICT-4] kept theirs: only the decision is written, and can be undone or thought better of', async () => {
    const phone = await overruledPhone();
    phone.open('/conflicts');
    await press(phone, 'Keep theirs');
    await screen.findByText('Kept theirs');
    expect((await written(phone, 'conflict'))[0]?.value).toMatchObject({ decision: 'kept' });
    expect(await written(phone, 'task')).toEqual([]);
    const decided = await screen.findByRole('list', { name: 'Decided' });
    expect(within(decided).getByRole('button', { name: 'Restore mine' })).toBeVisible();
    await press(phone, 'Undo');
    expect(await screen.findByRole('button', { name: 'Keep theirs' })).toBeVisible();
    expect((await written(phone, 'conflict'))[1]?.value).toMatchObject({ decision: 'open' });
  });

  it('[CONFLICT-5] a restore is based on what stands now, which is said where it is no longer the winner', async () => {
    const phone = await overruledPhone();
    const later = said({
      kind: 'task',
      key: phone.task,
      value: { status: 'in-progress', reason: null, startedAt: null, endedAt: null, by: 'ana' },
      at: startedAt + 8 * minute,
    });
    await serverSays(phone, [later]);
    phone.open('/conflicts');
    expect(await screen.findByText('Since then: “in progress 12:08”, by Ana.')).toBeVisible();
    await press(phone, 'Restore mine');
    await screen.findByText('Restored: IT-03, done 12:02');
    expect((await written(phone, 'task'))[0]?.base).toBe(later.change);
  });

  it('[CONFLICT-6] coordinators see those of all, and say whose they restore', async () => {
    const ben = said({ kind: 'person', key: 'ben', value: { name: 'Ben', contacts: [] } });
    const phone = await overruledPhone('coordinator', 'ben' as PersonId);
    await serverSays(phone, [ben]);
    phone.open('/conflicts');
    const others = await screen.findByRole('list', { name: 'Other people’s' });
    expect(await within(others).findByText(/^Ben’s “done 12:02” on IT-03 was overruled by Ana’s/)).toBeVisible();
    expect(within(others).getByRole('button', { name: 'Keep it as it is' })).toBeVisible();
    expect(within(others).getByRole('button', { name: 'Restore Ben’s' })).toBeVisible();
  });

  it('[CONFLICT-7] not saved is said loudly, and the conflict stays open', async () => {
    const phone = await overruledPhone();
    phone.open('/conflicts');
    await screen.findByText(sentence);
    phone.failWrites({ tag: 'storage-full' });
    await press(phone, 'Restore mine');
    expect(await screen.findByText('Not saved.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Restore mine' })).toBeEnabled();
  });

  it('[CONFLICT-8] nothing to decide: says what would appear, also on a device that works alone', async () => {
    const phone = await aPhone();
    phone.open('/conflicts');
    expect(await screen.findByText('Nothing to decide.')).toBeVisible();
    expect(screen.getByText('This device works alone.')).toBeVisible();
    expect(await personOf(phone)).not.toBe('');
  });

  it('[CONFLICT-9] a change that deletes, overruled or winning, is told and restored like any other', async () => {
    const phone = await aPhoneInIncident('it-specialists');
    await makeMember(phone, 'coordinator');
    await serverSays(phone, [ana]);
    const key = `${phone.incident}/it-specialists/${me}`;
    const value = { since: instant(startedAt), until: null, note: null };
    await phone.storage.records.write([{ kind: 'assignment', key, value, shown: null }]);
    const [mine] = await serverSays(phone, []);
    const theirs = said({ kind: 'assignment', key, value: null as Json });
    if (mine === undefined) throw new Error('nothing was sent');
    await serverSays(phone, [theirs, conflictAbout(mine, me, theirs)]);
    phone.open('/conflicts');
    expect(
      await screen.findByText('Your “since 12:00” on Thandi M. as IT Specialists was overruled by Ana’s “removed”.'),
    ).toBeVisible();
    await press(phone, 'Restore mine');
    await screen.findByText(/^Restored: Thandi M\./);
    expect((await written(phone, 'assignment'))[0]).toMatchObject({ value, base: theirs.change });
  });
});
