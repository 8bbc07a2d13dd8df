import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { err, ok } from '../../../src/domain/result.ts';
import { instant } from '../../../src/domain/time.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import { newLogEntry } from '../../../src/parts/new-log-entry.ts';
import { aPhone, aPhoneInIncident, enrolled, makeMember, startedAt } from '../../support/phone.tsx';
import { said, serverSays } from '../../support/server-says.ts';

describe('the first opening', () => {
  it('[FIRST-1] offers three ways to begin', async () => {
    const phone = await aPhone('new');
    phone.open('/');
    expect(await screen.findByRole('link', { name: /Join with a code or link/ })).toHaveAttribute('href', '/join');
    await phone.user.click(screen.getByRole('button', { name: /Look around/ }));
    expect(phone.lives.lookedAround()).toBe(1);
  });

  it('[FIRST-3] says what installing gives, and on an iPhone first of all that it comes before joining', async () => {
    const phone = await aPhone('new');
    const shown = phone.open('/');
    const installing = await screen.findByRole('link', { name: /^Install Holdfast on this device/ });
    expect(installing).toHaveTextContent('with no network at all');
    shown.unmount();
    const agent = vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue('Mozilla/5.0 (iPhone; CPU iPhone OS 18_5)');
    phone.open('/');
    await screen.findByRole('link', { name: /^Join with a code or link/ });
    expect(screen.getAllByRole('link')[0]).toHaveTextContent(/^First put Holdfast on the Home Screen.*before joining/);
    agent.mockRestore();
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
    // it moves into the frame of a member's screens
    await waitFor(() => expect(screen.getByRole('heading', { name: 'You are in: Harbour Shop' })).toBeVisible());
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

  it('[SEC-1] the code of a link is out of the address before anything is done with it, also when a second link is opened', async () => {
    const phone = await aPhone('new');
    phone.open('/join#7K3MAAAABBBBCCCC');
    expect(await screen.findByLabelText('Code')).toHaveValue('7K3MAAAABBBBCCCC');
    expect([window.location.pathname, window.location.hash]).toEqual(['/join', '']);
    window.location.hash = '#7K3MAAAABBBBDDDD';
    await waitFor(() => expect(screen.getByLabelText('Code')).toHaveValue('7K3MAAAABBBBDDDD'));
    await waitFor(() => expect(window.location.hash).toBe(''));
    expect(phone.sync.joins()).toEqual([]);
  });

  it('[JOIN-21] without a camera, or not allowed to use it, it says so in words and that the code can be typed', async () => {
    const phone = await aPhone('new');
    const refusal = new DOMException('', 'NotAllowedError');
    const mediaDevices = { getUserMedia: () => Promise.reject(refusal) };
    Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: mediaDevices });
    phone.open('/join');
    await phone.user.click(await screen.findByRole('button', { name: 'Scan a code' }));
    expect(await screen.findByText('The camera is not allowed for this page.')).toBeVisible();
    expect(screen.getByText(/Or type the code/)).toBeVisible();
    Reflect.deleteProperty(navigator, 'mediaDevices');
    await phone.user.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.getByLabelText('Code')).toHaveValue('');
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

describe('A device that worked alone and may not start incidents where it joins', () => {
  const refusal = { code: 'forbidden', message: 'a test' } as const;

  /** Its incident is refused, one report with it, and the server has an exercise of its own. */
  async function joined(access: 'responder' | 'observer') {
    const phone = await aPhoneInIncident('it-specialists');
    const at = instant(startedAt);
    const done = { status: 'done', reason: null, startedAt: at, endedAt: at, by: null } as const;
    await phone.storage.records.write([
      { kind: 'task', key: `${phone.incident}/CMD-01`, value: done, shown: null },
      newLogEntry(
        phone.incident,
        { type: 'note', text: 'Water at the door', at, by: null },
        startedAt,
        phone.ports.random,
      ),
    ]);
    const own = await phone.storage.records.read('incident', phone.incident);
    if (!own.ok || own.value?.value == null) throw new Error('no incident');
    await phone.storage.device.setSetting('incident', phone.incident);
    await makeMember(phone, access, access === 'observer' ? [] : ['it-specialists']);
    const begun = own.value.value as unknown as JsonObject;
    const exercise = { ...begun, mode: 'exercise', title: 'Data centre fire', code: 'balimuno' };
    const refused = await serverSays(
      phone,
      [said({ kind: 'incident', key: 'e'.repeat(16), value: exercise })],
      ({ kind }) => (access === 'observer' || kind === 'incident' || kind === 'plan-version' ? refusal : null),
    );
    phone.sync.say({ connection: 'online', refused: refused.length, lastHeardAt: at });
    return { ...phone, begun };
  }

  it.each(['responder', 'observer'] as const)(
    '[JOIN-8] a %s’s incident stays open and whole, and every screen says that nobody else sees it',
    async (access) => {
      const phone = await joined(access);
      phone.open('/checklist/CMD-01');
      expect(await screen.findByText('The server did not accept this incident.')).toBeVisible();
      expect(screen.getByText('Warehouse fire')).toBeVisible();
      expect((await screen.findAllByText(/^done/i))[0]).toBeVisible();
      await phone.user.click(screen.getAllByRole('link', { name: 'Log' })[0] as HTMLElement);
      expect(await screen.findByText('Water at the door')).toBeVisible();
    },
  );

  it('[JOIN-9] says on the joined page that it was not accepted and whom to show it to, and finds it under the other incidents', async () => {
    const phone = await joined('responder');
    phone.open('/join');
    expect(await screen.findByText('Not accepted: “Warehouse fire”.')).toBeVisible();
    expect(screen.getByText(/Show it to a coordinator now\..* with the code dakumofi\.$/)).toBeVisible();
    await phone.user.click(screen.getAllByRole('link', { name: 'More' })[0] as HTMLElement);
    await phone.user.click(await screen.findByRole('button', { name: /^Data centre fire/ }));
    await waitFor(() => expect(screen.queryByText('The server did not accept this incident.')).toBeNull());
    await phone.user.click(screen.getAllByRole('link', { name: 'More' })[0] as HTMLElement);
    const own = await screen.findByRole('button', { name: /^Warehouse fire/ });
    expect(within(own).getByText(/not accepted, on this device only/)).toBeVisible();
    await phone.user.click(own);
    expect(await screen.findByText('The server did not accept this incident.')).toBeVisible();
  });

  it('[JOIN-10] stands for all once a coordinator activates the same', async () => {
    const phone = await joined('responder');
    phone.open('/now');
    expect(await screen.findByText('The server did not accept this incident.')).toBeVisible();
    await serverSays(phone, [said({ kind: 'incident', key: phone.incident, value: phone.begun })]);
    await waitFor(() => expect(screen.queryByText('The server did not accept this incident.')).toBeNull());
    expect(screen.getByText('Warehouse fire')).toBeVisible();
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
