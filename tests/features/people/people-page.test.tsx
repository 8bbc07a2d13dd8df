import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { createSync, type RunningSync } from '../../../src/sync/create-sync.ts';
import { systemRandomness } from '../../../src/sync/system-clock.ts';
import { setupCode, startServer, stopServer, type RunningServer } from '../../support/running-server.ts';
import { aPhone, aPhoneInIncident, correctContact, makeMember, type Phone } from '../../support/phone.tsx';
import { said, serverSays } from '../../support/server-says.ts';

/** Another person in the plan's workspace, as if received. */
async function withSipho(phone: Phone): Promise<void> {
  const wrote = await phone.storage.records.write([
    {
      kind: 'person',
      key: 'sipho',
      value: { name: 'Sipho D.', contacts: [{ type: 'phone', value: '+27 31 000 0001', verifiedAt: null }] },
      shown: null,
    },
  ]);
  if (!wrote.ok) throw new Error(wrote.error.tag);
}

describe('People', () => {
  it('[CONT-10] reaches a holder by the number that was put right after the incident began', async () => {
    const phone = await aPhoneInIncident(null);
    await correctContact(phone, 'sponsor', '+27 00 000 0301');
    phone.open('/people/role/executive-sponsor');
    expect(await screen.findByText('+27 00 000 0301')).toBeVisible();
    expect(screen.queryByText('+27 00 000 0201')).toBeNull();
  });

  it('[PEOPLE-1] lists people and, before there is a plan, says nothing of roles', async () => {
    const phone = await aPhone();
    phone.open('/people');
    expect(await screen.findByRole('link', { name: /Thandi M\. \(you\)/ })).toBeVisible();
    expect(screen.queryByRole('list', { name: 'Roles' })).toBeNull();
  });

  it('[PEOPLE-2] a role shows its holders in the plan with what a phone can call and mail', async () => {
    const phone = await aPhoneInIncident(null);
    phone.open('/people/role/it-specialists');
    const holders = await screen.findByRole('list', { name: 'Holders in the plan' });
    expect(within(holders).getByText('Sipho Demo (example)')).toBeVisible();
    expect(within(holders).getByText('Primary')).toBeVisible();
    const links = within(holders)
      .getAllByRole('link')
      .map((link) => link.getAttribute('href') ?? '');
    expect(links).toContain('tel:+27000000206');
    expect(links.some((href) => href.startsWith('mailto:'))).toBe(true);
  });

  it('[PEOPLE-3] own contacts are saved with the moment they were confirmed; faults are said at the field', async () => {
    const phone = await aPhone();
    phone.open('/people');
    await phone.user.click(await screen.findByRole('link', { name: /\(you\)/ }));
    await phone.user.click(await screen.findByRole('button', { name: 'Add a number' }));
    await phone.user.click(await screen.findByRole('button', { name: 'Save' }));
    expect(screen.getByText('Fill this in, or remove the contact.')).toBeVisible();
    await phone.user.type(screen.getByLabelText('Number or address'), '+27 31 000 1111');
    await phone.user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('link', { name: /\+27 31 000 1111/ })).toHaveAttribute('href', 'tel:+27310001111');
    expect(screen.getByText('checked today')).toBeVisible();
  });
});

describe('roles in the open incident', () => {
  it('[ROLE-1] a coordinator hands a role over in one step; the log says so', async () => {
    const phone = await aPhoneInIncident('it-specialists');
    await withSipho(phone);
    phone.open('/people/role/it-specialists');
    await phone.user.click(await screen.findByRole('button', { name: 'Assign somebody…' }));
    await phone.user.selectOptions(screen.getByLabelText('Who works in it'), 'Sipho D.');
    await phone.user.selectOptions(screen.getByLabelText('Takes over from'), 'Thandi M.');
    await phone.user.type(screen.getByLabelText('Hand-over note'), 'Backup of 06:00 is verified.');
    await phone.user.click(screen.getByRole('button', { name: 'Save' }));
    const working = await screen.findByRole('list', { name: 'In this incident' });
    await waitFor(() => expect(within(working).getByText('Sipho D.')).toBeVisible());
    expect(within(working).queryByText('Thandi M.')).toBeNull();
    const old = await phone.storage.records.read('assignment', `${phone.incident}/it-specialists/${phone.person}`);
    expect(old.ok && old.value?.value?.until).not.toBeNull();
    const logged = await new Promise<string>((resolve) => {
      phone.storage.records.watchPrefix('log', `${phone.incident}/`).subscribe(
        (entries) => resolve(entries.map(({ value }) => value?.text ?? '').join('\n')),
        () => resolve(''),
      );
    });
    expect(logged).toContain('Sipho D. takes over IT Specialists from Thandi M. Backup of 06:00 is verified.');
  });

  it('[ROLE-2] ending one’s own work keeps the form when it can’t be saved', async () => {
    const phone = await aPhoneInIncident('it-specialists');
    phone.open('/people/role/it-specialists');
    await phone.user.click(await screen.findByRole('button', { name: 'End…' }));
    await phone.user.type(screen.getByLabelText('Hand-over note'), 'Off shift');
    phone.failWrites({ tag: 'storage-full' });
    await phone.user.click(screen.getByRole('button', { name: 'End it now' }));
    expect((await screen.findAllByText(/Not saved/)).length).toBeGreaterThan(0);
    expect(screen.getByLabelText('Hand-over note')).toHaveValue('Off shift');
    phone.failWrites(null);
    await phone.user.click(screen.getByRole('button', { name: 'End it now' }));
    expect(await screen.findByText('Nobody works in this role yet.')).toBeVisible();
  });

  it('[ROLE-3] a responder can take a role and assign nobody else; an observer can do neither', async () => {
    const responder = await aPhoneInIncident(null);
    await withSipho(responder);
    await makeMember(responder, 'responder');
    const opened = responder.open('/people/role/it-specialists');
    await responder.user.click(await screen.findByRole('button', { name: 'Take over' }));
    const working = await screen.findByRole('list', { name: 'In this incident' });
    await waitFor(() => expect(within(working).getByText('Thandi M.')).toBeVisible());
    expect(screen.queryByRole('button', { name: 'Assign somebody…' })).toBeNull();
    opened.unmount();

    const observer = await aPhoneInIncident(null);
    await makeMember(observer, 'observer');
    observer.open('/people/role/it-specialists');
    expect(await screen.findByText('Nobody known here works in this role yet.')).toBeVisible();
    expect(screen.queryByRole('button', { name: /Take over|Assign somebody/ })).toBeNull();
  });
});

describe('who works in a role', () => {
  /** Sipho was invited with the role and took none. */
  async function withGrant(): Promise<Phone & { readonly incident: string }> {
    const phone = await aPhoneInIncident(null);
    await withSipho(phone);
    await makeMember(phone, 'coordinator');
    const grant = { access: 'responder', roles: ['it-specialists'] };
    await serverSays(phone, [said({ kind: 'grant', key: 'sipho', value: grant, by: 'server' })]);
    return phone;
  }

  it('[ROLE-4] is by the rule of Now: who was invited with it works in it, with no End… for what no assignment gave', async () => {
    const phone = await withGrant();
    phone.open('/people/role/it-specialists');
    const working = await screen.findByRole('list', { name: 'In this incident' });
    expect(await within(working).findByText('Sipho D.')).toBeVisible();
    expect(within(working).getByText('by invitation or by the plan')).toBeVisible();
    expect(within(working).getByRole('link', { name: /\+27 31 000 0001/ })).toBeVisible();
    expect(within(working).queryByRole('button', { name: 'End…' })).toBeNull();
    expect(screen.queryByText('Nobody works in this role yet.')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Assign somebody…' })).toBeNull();
  });

  it('[ROLE-5] the list names who works, and for a role without anybody whom to call', async () => {
    const phone = await withGrant();
    phone.open('/people');
    const roles = await screen.findByRole('list', { name: 'Roles' });
    expect(await within(roles).findByText(/^Works now: Sipho D\. · Plan: /)).toBeVisible();
    expect(within(roles).getByText(/^Nobody works in this role yet: call Nomsa Sample \(example\)/)).toBeVisible();
  });
});

describe('inviting', () => {
  it('[INVITE-1] a device that works alone is told what inviting needs', async () => {
    const phone = await aPhone();
    phone.open('/people/invite');
    expect(await screen.findByText('Inviting needs a server.')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Connect to a server' })).toHaveAttribute('href', '/join');
  });

  it('[INVITE-2] offline it says so, and what was typed stays', async () => {
    const phone = await aPhone();
    await makeMember(phone, 'coordinator');
    phone.sync.say({ connection: 'offline' });
    phone.open('/people/invite');
    expect(await screen.findByText('Not connected just now.')).toBeVisible();
    await phone.user.type(screen.getByLabelText('Name'), 'Sipho D.');
    await phone.user.click(screen.getByRole('button', { name: 'Make the code' }));
    expect(await screen.findByText(/The server did not answer, and nothing was changed/)).toBeVisible();
    expect(screen.getByLabelText('Name')).toHaveValue('Sipho D.');
  });

  it('[INVITE-3] whoever is no coordinator is refused, on the list and at the address', async () => {
    const phone = await aPhone();
    await makeMember(phone, 'responder');
    phone.open('/people/invite');
    expect(await screen.findByText('Coordinators invite.')).toBeVisible();
    expect(screen.queryByRole('link', { name: /Invite somebody/ })).toBeNull();
    expect(screen.queryByRole('link', { name: /Devices/ })).toBeNull();
  });

  it('[INVITE-5] a vendor without a role would see nothing: one must be chosen', async () => {
    const phone = await aPhoneInIncident(null);
    await makeMember(phone, 'coordinator');
    phone.open('/people/invite');
    await phone.user.type(await screen.findByLabelText('Name'), 'PayExample engineer');
    await phone.user.click(screen.getByRole('radio', { name: /^Vendor/ }));
    await phone.user.click(screen.getByRole('button', { name: 'Make the code' }));
    expect(await screen.findByText(/choose at least one role/)).toBeVisible();
    expect(screen.queryByText(/The server did not answer/)).toBeNull();
    await phone.user.click(screen.getByRole('checkbox', { name: /^Payment Vendor/ }));
    await phone.user.click(screen.getByRole('button', { name: 'Make the code' }));
    expect(await screen.findByText(/The server did not answer, and nothing was changed/)).toBeVisible();
    expect(screen.queryByText(/choose at least one role/)).toBeNull();
  });

  it('[DEVICES-1] offline the list of devices says what is missing and can be asked again', async () => {
    const phone = await aPhone();
    await makeMember(phone, 'coordinator');
    phone.open('/people/devices');
    expect(await screen.findByText('The list can’t be read just now.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  });
});

describe('with the real server', () => {
  let server: RunningServer | null = null;
  const lives: AbortController[] = [];

  afterEach(async () => {
    for (const life of lives.splice(0)) life.abort();
    if (server !== null) await stopServer(server);
    server = null;
  });

  /** The phone with the real engine in place of the one that a test plays. */
  function connected(phone: Phone, origin: string, arrives = (reply: Response) => reply): RunningSync {
    const sync = createSync({
      store: phone.storage.syncStore,
      membership: phone.storage.device.membership,
      plans: phone.storage.incidentPlans,
      clock: { now: () => Date.now(), monotonic: () => performance.now() },
      random: systemRandomness,
      origin,
      deviceName: () => 'Test phone',
      page: null,
      // jsdom's signals are none to Node's fetch
      fetch: async (input, init) => arrives(await fetch(input, { ...init, signal: null })),
      locks: null,
      channel: null,
      eraseApp: () => Promise.resolve(),
    });
    const life = new AbortController();
    lives.push(life);
    void sync.start(life.signal);
    Object.assign(phone.ports, { sync, server: sync.server });
    return sync;
  }

  it('[INVITE-6] after lost replies one wish has left one code, and a wish for another name leaves that one alone', async () => {
    server = await startServer();
    const phone = await aPhone('new');
    const joined = await connected(phone, server.origin, (reply) => {
      if (reply.status === 201 && reply.url.endsWith('/api/invites')) throw new TypeError('the reply is lost');
      return reply;
    }).join(setupCode, 'Thandi M.', 'Laptop');
    phone.open('/people/invite');
    const name = await screen.findByLabelText('Name');
    const press = async () => {
      await phone.user.click(screen.getByRole('button', { name: 'Make the code' }));
      expect(await screen.findByText(/The server did not answer/)).toBeVisible();
    };
    await phone.user.type(name, 'Sipho D.');
    await press();
    await press();
    await phone.user.clear(name);
    await phone.user.type(name, 'Lindiwe');
    await press();
    const workspace = joined.ok ? joined.value.workspace.id : '';
    const made = await server.journal.invites(workspace as never, Date.now());
    expect(made.map(({ state }) => state)).toEqual(['open', 'open', 'withdrawn']);
    expect(made[1]?.person).toBe(made[2]?.person);
    expect(made[0]?.person).not.toBe(made[1]?.person);
  });

  it('[INVITE-4] makes a code that lets one phone in; the list then shows it, and revokes it', async () => {
    server = await startServer();
    const phone = await aPhone('new');
    const joined = await connected(phone, server.origin).join(setupCode, 'Thandi M.', 'Laptop');
    expect(joined.ok).toBe(true);
    const opened = phone.open('/people/invite');
    await phone.user.type(await screen.findByLabelText('Name'), 'Sipho D.');
    await phone.user.click(screen.getByRole('radio', { name: /Observer/ }));
    await phone.user.click(screen.getByRole('button', { name: 'Make the code' }));
    expect(await screen.findByText(/^Write it down: it works once, until/)).toBeVisible();
    const link = screen.getByText(new RegExp(`^${server.origin}/join#`)).textContent ?? '';
    expect(await screen.findByRole('img', { name: /QR code/ })).toHaveAttribute('data-qr', link);
    opened.unmount();

    const other = await aPhone('new');
    const letIn = await connected(other, server.origin).join(link, null, 'Android phone');
    expect(letIn.ok && letIn.value.access).toBe('observer');

    phone.open('/people/devices');
    expect(await screen.findByText(/^Laptop .* this device/)).toBeVisible();
    const theirs = await screen.findByText(/^Android phone /);
    expect(theirs).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'Revoke…' }));
    await phone.user.click(screen.getByRole('radio', { name: /Lost or stolen/ }));
    await phone.user.click(screen.getByRole('button', { name: 'Revoke it' }));
    expect(await screen.findByText('Revoked: lost or stolen')).toBeVisible();
    const devices = await server.journal.devices((joined.ok ? joined.value.workspace.id : '') as never);
    expect(devices.filter(({ revoked }) => revoked?.mode === 'lost').map(({ name }) => name)).toEqual([
      'Android phone',
    ]);
  });
});
