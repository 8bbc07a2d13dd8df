import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { QuarantinedChange, ServerApi } from '../../../src/domain/ports/server-api.ts';
import { err, ok } from '../../../src/domain/result.ts';
import { instant } from '../../../src/domain/time.ts';
import { aPhone, aPhoneInIncident, makeMember, startedAt, type Phone } from '../../support/phone.tsx';

const path = '/people/quarantine/a1b2c3d4e5f60718';
const noAnswer = err({ tag: 'no-answer' } as const);
const at = instant(startedAt);
const done = { status: 'done', reason: null, startedAt: at, endedAt: at, by: 'sipho' } as const;

function change(part: Partial<QuarantinedChange>): QuarantinedChange {
  return {
    ...{ id: '0193b2c4-0000-7000-8000-000000000001', device: 'a1b2c3d4e5f60718', kind: null, key: null, at },
    reason: { code: 'forbidden', message: 'a test' },
    ...part,
  };
}

/** A coordinator's phone in an incident; the server answers each question for what was not taken with the next of these. */
async function opened(...answers: readonly Awaited<ReturnType<ServerApi['quarantine']>>[]) {
  const phone = await aPhoneInIncident(null);
  await makeMember(phone, 'coordinator');
  const asked: string[] = [];
  const quarantine: ServerApi['quarantine'] = (device) => {
    asked.push(device);
    return Promise.resolve(answers[Math.min(asked.length, answers.length) - 1] ?? noAnswer);
  };
  Object.assign(phone.ports, { server: { ...phone.ports.server, quarantine } });
  phone.open(path);
  return { phone, asked };
}

async function taskOf(phone: Phone, key: string): Promise<unknown> {
  const read = await phone.storage.records.read('task', key);
  return read.ok ? read.value?.value : null;
}

describe('what a device sent that was not taken', () => {
  it('[QUAR-10] stands there in words with the reason, the unreadable and the unputtable without a button', async () => {
    const { asked } = await opened(
      ok([
        change({ kind: 'task', key: 'x/CMD-01', value: done }),
        change({ id: null }),
        change({ id: 'b', kind: 'grant', key: 'sipho', value: { access: 'coordinator', roles: [] } }),
        change({ id: 'c', kind: 'log', key: 'x/y', reason: { code: 'too-large', message: '' } }),
      ]),
    );
    const list = await screen.findByRole('list', { name: '4 changes' });
    expect(asked).toEqual(['a1b2c3d4e5f60718']);
    const task = within(list).getByRole('region', { name: /CMD-01: done/ });
    expect(task).toHaveTextContent(/Its author might not do that/);
    expect(within(list).getByRole('region', { name: 'Something that is no change' })).toBeVisible();
    expect(within(list).getByText(/could not take it \(too-large\)/)).toBeVisible();
    expect(within(list).getAllByRole('button', { name: 'Put in as mine' })).toHaveLength(1);
  });

  it('[QUAR-11] is put in as the coordinator’s own change, with who reported it, once', async () => {
    const phone = await aPhoneInIncident(null);
    await makeMember(phone, 'coordinator');
    const key = `${phone.incident}/CMD-01`;
    const quarantine = () => Promise.resolve(ok([change({ kind: 'task', key, value: done })]));
    Object.assign(phone.ports, { server: { ...phone.ports.server, quarantine } });
    phone.open(path);
    await phone.user.click(await screen.findByRole('button', { name: 'Put in as mine' }));
    expect(await screen.findByText('It is in the record now.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Put in as mine' })).toBeNull();
    expect(await taskOf(phone, key)).toEqual(done);
  });

  it('[QUAR-12] keeps its button where it can’t be saved', async () => {
    const { phone } = await opened(ok([change({ kind: 'task', key: 'x/CMD-01', value: done })]));
    phone.failWrites({ tag: 'storage-full' });
    await phone.user.click(await screen.findByRole('button', { name: 'Put in as mine' }));
    expect((await screen.findAllByText(/Not saved/)).length).toBeGreaterThan(0);
    expect(screen.queryByText('It is in the record now.')).toBeNull();
    expect(screen.getByRole('button', { name: 'Put in as mine' })).toBeEnabled();
  });

  it('[QUAR-13] says that nothing waits', async () => {
    await opened(ok([]));
    expect(await screen.findByText('Everything was taken.')).toBeVisible();
  });

  it('[QUAR-14] without an answer says so, and asks again', async () => {
    const { phone } = await opened(noAnswer, ok([]), noAnswer);
    expect(await screen.findByText('The list can’t be read just now.')).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Everything was taken.')).toBeVisible();
    expect(screen.queryByText('The list can’t be read just now.')).toBeNull();
  });

  it('[QUAR-15] an older answer stays in sight, and is said to be old', async () => {
    const { phone } = await opened(ok([change({ kind: 'task', key: 'x/CMD-01', value: done })]), noAnswer);
    await screen.findByRole('region', { name: /CMD-01: done/ });
    // as when the app comes back to the front
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    expect(await screen.findByText('The list may be old.')).toBeVisible();
    expect(screen.getByRole('region', { name: /CMD-01: done/ })).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('The list may be old.')).toBeVisible();
  });

  it('[QUAR-16] is for coordinators; a device alone has no server that could refuse', async () => {
    const alone = await aPhone();
    const shown = alone.open(path);
    expect(await screen.findByText('There is no server, so nothing was refused.')).toBeVisible();
    shown.unmount();
    const observer = await aPhone();
    await makeMember(observer, 'observer');
    observer.open(path);
    expect(await screen.findByText('Coordinators see what was not taken.')).toBeVisible();
  });
});
