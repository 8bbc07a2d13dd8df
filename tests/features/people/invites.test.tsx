import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../../src/domain/ids.ts';
import type { Invitation, Invite, KnownDevice, KnownInvite, ServerApi } from '../../../src/domain/ports/server-api.ts';
import { err, ok } from '../../../src/domain/result.ts';
import { day, instant, minute } from '../../../src/domain/time.ts';
import { setPin } from '../../../src/parts/screen-lock.ts';
import { aPhone, makeMember, startedAt, type Phone } from '../../support/phone.tsx';

const noAnswer = err({ tag: 'no-answer' } as const);

function invite(part: Partial<KnownInvite>): KnownInvite {
  return {
    ...{ id: 'i1', kind: 'link', person: 'thandi' as PersonId, access: 'responder', roles: [], state: 'open' },
    ...{ madeAt: instant(startedAt), madeBy: null, expiresAt: instant(startedAt + day), usedAt: null, usedBy: null },
    ...part,
  };
}

const device: KnownDevice = {
  ...{ id: 'd1d1d1d1d1d1d1d1', name: 'Android phone', person: 'sipho', weakKey: false, revoked: null },
  ...{ enrolledAt: instant(startedAt), lastSeenAt: null, needsApproval: true },
} as KnownDevice;

const made: Invite = {
  ...{ code: '7K3M-AAAA-BBBB-CCCC', url: 'https://holdfast.example/join#7K3M-AAAA-BBBB-CCCC', id: 'i2' },
  ...{ person: 'thandi' as PersonId, expiresAt: instant(startedAt + day) },
};

/** A coordinator's phone and a server that answers as `parts` say. */
async function withServer(parts: Partial<ServerApi>): Promise<Phone> {
  const phone = await aPhone();
  await makeMember(phone, 'coordinator');
  Object.assign(phone.ports, { server: { ...phone.ports.server, ...parts } });
  return phone;
}

describe('the list of invites', () => {
  it('[INVITE-30] what could not be sent again is tried again by itself, as the same wish, and leads back to the list', async () => {
    const asked: Invitation[] = [];
    const phone = await withServer({
      invites: () => Promise.resolve(ok([invite({}), invite({ id: 'i9', state: 'expired' })])),
      invite: (request) => {
        asked.push(request);
        return Promise.resolve(asked.length === 1 ? noAnswer : ok(made));
      },
    });
    phone.open('/people/invites');
    const [first] = await screen.findAllByRole('region', { name: /^Invite of / });
    if (first === undefined) throw new Error('no invite');
    await phone.user.click(within(first).getByRole('button', { name: 'Send again' }));
    expect(await within(first).findByText('No code was made.')).toBeVisible();
    expect(screen.getAllByText('No code was made.')).toHaveLength(1);
    await phone.user.click(within(first).getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('7K3M-AAAA-BBBB-CCCC')).toBeVisible();
    expect(screen.getByRole('heading', { name: 'Code for Thandi M.' })).toHaveFocus();
    expect(asked).toHaveLength(2);
    expect(asked[1]).toEqual(asked[0]);
    expect(asked[0]?.replaces).toBe('i1');
    expect(screen.queryByRole('button', { name: 'Invite another person' })).toBeNull();
    await phone.user.click(screen.getByRole('button', { name: 'Back to the invites' }));
    expect(await screen.findByRole('heading', { name: 'Invites' })).toHaveFocus();
  });

  it('[INVITE-31] is busy while the server is asked, for every invite', async () => {
    const phone = await withServer({
      invites: () => Promise.resolve(ok([invite({}), invite({ id: 'i9', state: 'expired' })])),
      invite: () => new Promise(() => undefined),
    });
    phone.open('/people/invites');
    const again = await screen.findAllByRole('button', { name: 'Send again' });
    await phone.user.click(again[0] as HTMLElement);
    expect(screen.getByRole('button', { name: 'Asking the server…' })).toBeDisabled();
    expect(screen.getByRole('button', { name: 'Send again' })).toBeDisabled();
  });
});

describe('where a PIN is set', () => {
  /** With the PIN given for nothing yet. */
  async function locked(parts: Partial<ServerApi>, path: string): Promise<Phone> {
    const phone = await withServer(parts);
    phone.open(path);
    await screen.findAllByRole('heading', { level: 1 });
    // set while the app is open, it shuts nobody out
    await setPin(phone.ports.device, phone.ports.random, { pin: '2468', after: minute });
    return phone;
  }

  async function givePin(phone: Phone): Promise<void> {
    const dialog = within(await screen.findByRole('dialog', { name: 'Your PIN, please' }));
    await phone.user.type(dialog.getByLabelText('PIN'), '2468');
    await phone.user.click(dialog.getByRole('button', { name: 'Go on' }));
  }

  it('[LOCK-12] one invite asks for it first', async () => {
    const phone = await locked({ invite: () => Promise.resolve(ok(made)) }, '/people/invite');
    await phone.user.type(await screen.findByLabelText('Name'), 'Sipho D.');
    await phone.user.click(screen.getByRole('button', { name: 'Make the code' }));
    expect(await screen.findByText('A code will let Sipho D. in.')).toBeVisible();
    expect(screen.queryByText(made.code)).toBeNull();
    await givePin(phone);
    expect(await screen.findByText(made.code)).toBeVisible();
  });

  it('[LOCK-12] sending one again asks for it first', async () => {
    const phone = await locked(
      { invites: () => Promise.resolve(ok([invite({})])), invite: () => Promise.resolve(ok(made)) },
      '/people/invites',
    );
    await phone.user.click(await screen.findByRole('button', { name: 'Send again' }));
    expect(screen.queryByText(made.code)).toBeNull();
    await givePin(phone);
    expect(await screen.findByText(made.code)).toBeVisible();
  });

  it('[LOCK-12] approving a device again asks for it first', async () => {
    const approved: string[] = [];
    const phone = await locked(
      {
        devices: () => Promise.resolve(ok([device])),
        approve: (id) => {
          approved.push(id);
          return Promise.resolve(ok(undefined));
        },
      },
      '/people/devices',
    );
    await phone.user.click(await screen.findByRole('button', { name: 'Approve again' }));
    await screen.findByRole('dialog', { name: 'Your PIN, please' });
    expect(approved).toEqual([]);
    await givePin(phone);
    expect(await screen.findByText(/may sync again$/)).toBeVisible();
    expect(approved).toEqual([device.id]);
  });
});
