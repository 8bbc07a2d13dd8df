import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { err, ok } from '../../../src/domain/result.ts';
import { instant } from '../../../src/domain/time.ts';
import { aPhone, enrolled, makeMember, startedAt } from '../../support/phone.tsx';

describe('the first opening', () => {
  it('[FIRST-1] offers three ways to begin', async () => {
    const phone = await aPhone('new');
    phone.open('/');
    expect(await screen.findByRole('link', { name: /Join with a code or link/ })).toHaveAttribute('href', '/join');
    await phone.user.click(screen.getByRole('button', { name: /Look around/ }));
    expect(phone.lives.lookedAround()).toBe(1);
  });

  it('[FIRST-2] sets up without a server, after asking for a name', async () => {
    const phone = await aPhone('new');
    phone.open('/');
    await phone.user.click(await screen.findByRole('button', { name: /Set up a new plan on this device/ }));
    await phone.user.click(await screen.findByRole('button', { name: 'Set up' }));
    expect(screen.getByText(/Give your name/)).toBeVisible();
    await phone.user.type(screen.getByLabelText('Your name'), 'Thandi M.');
    await phone.user.click(screen.getByRole('button', { name: 'Set up' }));
    expect(await screen.findByRole('heading', { name: 'No plan yet' })).toBeVisible();
    expect(screen.getByText(/^Saved on this computer · no server$/)).toBeVisible();
  });
});

describe('Join', () => {
  it('[JOIN-1] takes the code out of the link and burns it with the name given', async () => {
    const phone = await aPhone('new');
    phone.sync.answerJoin(ok(enrolled('coordinator')));
    phone.open('/join#7K3M-AAAA-BBBB-CCCC');
    expect(await screen.findByLabelText('Code')).toHaveValue('7K3M-AAAA-BBBB-CCCC');
    await phone.user.type(screen.getByLabelText('Your name'), 'Thandi M.');
    await phone.user.click(screen.getByRole('button', { name: 'Join' }));
    expect(await screen.findByRole('heading', { name: 'You are in: Harbour Shop' })).toBeVisible();
    expect(phone.sync.joins()).toEqual([['7K3M-AAAA-BBBB-CCCC', 'Thandi M.']]);
    expect(window.location.hash).toBe('');
    expect(await screen.findByText(/The browser keeps what is saved/)).toBeVisible();
  });

  it('[JOIN-2] offers a coordinator of an empty workspace the built-in plan, once the server was heard', async () => {
    const phone = await aPhone('new');
    phone.sync.answerJoin(ok(enrolled('coordinator')));
    phone.open('/join#7K3MAAAABBBBCCCC');
    await phone.user.click(await screen.findByRole('button', { name: 'Join' }));
    expect(await screen.findByText('Receiving the plan…')).toBeVisible();
    phone.sync.say({ connection: 'online', lastHeardAt: instant(startedAt) });
    await phone.user.click(await screen.findByRole('button', { name: 'Use the built-in plan' }));
    const { hash } = await phone.ports.builtInPlan();
    expect(await screen.findByRole('link', { name: 'Open Now' })).toBeVisible();
    const saved = await phone.storage.records.read('plan-version', hash);
    expect(saved.ok && saved.value?.value).toMatchObject({ number: 1, author: 'thandi' });
  });

  it('[JOIN-3] a responder waits for the plan without being asked anything', async () => {
    const phone = await aPhone('new');
    phone.sync.answerJoin(ok(enrolled('responder', ['it-specialists'])));
    phone.sync.say({ connection: 'online', lastHeardAt: instant(startedAt) });
    phone.open('/join#7K3MAAAABBBBCCCC');
    await phone.user.click(await screen.findByRole('button', { name: 'Join' }));
    expect(await screen.findByText(/No plan was published yet/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Use the built-in plan' })).toBeNull();
  });

  it('[JOIN-7] a vendor without a role is told that a role is missing, not the plan', async () => {
    const phone = await aPhone('new');
    phone.sync.answerJoin(ok(enrolled('vendor')));
    phone.sync.say({ connection: 'online', lastHeardAt: instant(startedAt) });
    phone.open('/join#7K3MAAAABBBBCCCC');
    await phone.user.click(await screen.findByRole('button', { name: 'Join' }));
    expect(await screen.findByText(/Ask a coordinator for an invitation with your role/)).toBeVisible();
    expect(screen.queryByText(/No plan was published yet/)).toBeNull();
  });

  it.each([
    [{ tag: 'no-answer' } as const, /The server did not answer.*Your code is not used up/],
    [{ tag: 'code-refused' } as const, /does not take this code/],
    [{ tag: 'not-a-server' } as const, /Something else answered/],
    [{ tag: 'too-many-tries', retryAfterSeconds: 120 } as const, /Wait 2 min/],
    [{ tag: 'storage-full' } as const, /storage of this device is full/],
  ])('[JOIN-4] a refusal says what happened, what was kept, what to do: %j', async (fault, words) => {
    const phone = await aPhone('new');
    phone.sync.answerJoin(err(fault));
    phone.open('/join#7K3MAAAABBBBCCCC');
    await phone.user.click(await screen.findByRole('button', { name: 'Join' }));
    expect(await screen.findByText(words)).toBeVisible();
    expect(screen.getByLabelText('Code')).toHaveValue('7K3MAAAABBBBCCCC');
    expect(screen.getByRole('button', { name: 'Join' })).toBeEnabled();
  });

  it('[JOIN-5] asks for a code before it tries anything', async () => {
    const phone = await aPhone('new');
    phone.open('/join');
    await phone.user.click(await screen.findByRole('button', { name: 'Join' }));
    expect(screen.getByText(/Type the code/)).toBeVisible();
    expect(phone.sync.joins()).toEqual([]);
  });

  it('[JOIN-6] a device that worked alone is told that it sends what it has, and keeps its person', async () => {
    const phone = await aPhone('alone');
    phone.sync.answerJoin(ok(enrolled('coordinator')));
    phone.open('/join#7K3MAAAABBBBCCCC');
    expect(await screen.findByText(/It sends everything that you have here/)).toBeVisible();
    expect(screen.queryByLabelText('Your name')).toBeNull();
    await phone.user.click(screen.getByRole('button', { name: 'Join' }));
    await waitFor(() => expect(phone.sync.joins()).toEqual([['7K3MAAAABBBBCCCC', null]]));
    await waitFor(() => expect(window.location.hash).toBe(''));
  });
});

describe('Joining again', () => {
  it('[REL-11] a phone that the server does not know keeps what it has, and is asked for a code and no name', async () => {
    const phone = await aPhone();
    await makeMember(phone, 'coordinator');
    phone.sync.say({ connection: 'needs-code', unsent: 2 });
    phone.open('/join');
    expect(await screen.findByText(/Everything on this device stays and is sent then\./)).toBeVisible();
    expect(screen.getByText(/use the set-up code that it printed/)).toBeVisible();
    expect(screen.queryByLabelText('Your name')).toBeNull();
    phone.sync.answerJoin(ok(enrolled('coordinator')));
    await phone.user.type(screen.getByLabelText('Code'), '7K3MAAAABBBBCCCC');
    await phone.user.click(screen.getByRole('button', { name: 'Join' }));
    await waitFor(() => expect(phone.sync.joins()).toEqual([['7K3MAAAABBBBCCCC', null]]));
  });
});
