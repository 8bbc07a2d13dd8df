import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ServerApi } from '../../../src/domain/ports/server-api.ts';
import { err, ok } from '../../../src/domain/result.ts';
import type { Change, JournalEntry, SyncedRecord } from '../../../src/domain/sync/protocol.ts';
import { instant, minute } from '../../../src/domain/time.ts';
import { aPhoneInIncident, makeMember, startedAt, type Phone } from '../../support/phone.tsx';
import { said, serverSays } from '../../support/server-says.ts';

/** The server's history answers with this, or not at all. */
function answers(phone: Phone, history: ServerApi['history']): void {
  Object.assign(phone.ports, { server: { ...phone.ports.server, history } });
}

async function reportOnPaper(phone: Phone): Promise<void> {
  phone.open('/checklist/CMD-01');
  await phone.user.click(await screen.findByRole('button', { name: 'Done earlier…' }));
  const when = await screen.findByLabelText(/When it happened/);
  await phone.user.clear(when);
  await phone.user.type(when, '1204');
  await phone.user.selectOptions(screen.getByLabelText('Who reported it'), 'Ana');
  await phone.user.selectOptions(screen.getByLabelText('How it reached you'), 'On paper');
  await phone.user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Mark done' }));
  await screen.findByText('CMD-01 marked done');
}

async function member() {
  const phone = await aPhoneInIncident();
  await makeMember(phone, 'responder', ['it-specialists']);
  await serverSays(phone, [said({ kind: 'person', key: 'ana', value: { name: 'Ana', contacts: [] } })]);
  return phone;
}

function entryOf(change: Change, at = instant(startedAt + 20 * minute)): JournalEntry {
  const author = { person: 'thandi' as never, device: change.stamp.slice(-16) as never };
  return { seq: 1, change, stamp: change.stamp, outcome: 'applied', author, at, hash: '', salt: '' };
}

function entryFrom({ kind, key, value, change, base, stamp, author, at }: SyncedRecord): JournalEntry {
  const made = { id: change, n: 1, kind, key, value, base, seen: null, stamp, wall: at, line: 0, v: 1 };
  return { seq: 2, change: made, stamp, outcome: 'applied', author, at, hash: '', salt: '' };
}

describe('the history of a task', () => {
  it('[HISTORY-8] opens from the task, and without a server says that it is what this phone holds: who, what, when, from where', async () => {
    const phone = await member();
    await reportOnPaper(phone);
    await phone.user.click(screen.getByRole('link', { name: 'Who, when, from where' }));
    expect(await screen.findByRole('heading', { name: 'History of CMD-01' })).toBeVisible();
    expect(await screen.findByText('From this computer: the server does not answer.')).toBeVisible();
    const reports = screen.getByRole('list', { name: 'Reports, the latest first' });
    expect(within(reports).getByText('done 12:04')).toBeVisible();
    expect(within(reports).getByText('Ana · on paper · typed by Thandi M. · this computer')).toBeVisible();
    expect(within(reports).getByText('to send')).toBeVisible();
  });

  it('[HISTORY-9] from the server it says so and when, with effective time, arrival and what became of each', async () => {
    const phone = await member();
    await reportOnPaper(phone);
    const [mine] = await serverSays(phone, []);
    const theirs = said({
      kind: 'task',
      key: `${phone.incident}/CMD-01`,
      value: { status: 'blocked', reason: 'no key', startedAt: null, endedAt: null, by: 'ana' },
      at: startedAt + 15 * minute,
    });
    if (mine === undefined) throw new Error('nothing was sent');
    answers(phone, () => Promise.resolve(ok([entryOf(mine), entryFrom(theirs)])));
    await phone.user.click(screen.getByRole('link', { name: 'Who, when, from where' }));
    expect(await screen.findByText('From the server, 12:10.')).toBeVisible();
    const reports = screen.getByRole('list', { name: 'Reports, the latest first' });
    const [first, second] = within(reports).getAllByRole('listitem');
    expect(first).toHaveTextContent('blocked: no key');
    expect(first).toHaveTextContent('Ana · device aaaa');
    expect(first).toHaveTextContent('Effective 12:15 · at the server 12:15 · stands');
    expect(second).toHaveTextContent('Ana · on paper · typed by Thandi M. · this computer');
    expect(second).toHaveTextContent('Effective 12:10 · at the server 12:20 · overruled');
  });

  it('[HISTORY-10] while the server is asked it shows what the phone holds; a later silence is said, and can be asked again', async () => {
    const phone = await member();
    let tell: (answer: Awaited<ReturnType<ServerApi['history']>>) => void = () => undefined;
    answers(phone, () => new Promise((resolve) => (tell = resolve)));
    phone.open('/history/CMD-01');
    expect(await screen.findByText('Asking the server…')).toBeVisible();
    expect(screen.getByText('Nothing was reported yet.')).toBeVisible();
    tell(err({ tag: 'no-answer' }));
    await phone.user.click(await screen.findByRole('button', { name: 'Ask again' }));
    tell(ok([]));
    expect(await screen.findByText('From the server, 12:10.')).toBeVisible();
  });

  it('[HISTORY-11] a device that works alone says so', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/history/CMD-01');
    expect(await screen.findByText('From this computer.')).toBeVisible();
  });
});
