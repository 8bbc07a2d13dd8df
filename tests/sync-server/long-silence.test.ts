import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { day, minute } from '../../src/domain/time.ts';
import { taskProgress } from '../support/sample-plan.ts';
import { HttpPhone, joinByHttp, setUpByHttp } from './support/http-phone.ts';
import { databases } from './support/open-on-postgres.ts';
import { bodyOf, refusalOf, type TestServer } from './support/open-server.ts';

describe.each(databases)('on %s', (_name, open) => {
  let server: TestServer;
  let lead: HttpPhone;

  beforeEach(async () => {
    server = await open();
    lead = await setUpByHttp(server);
  });
  afterEach(() => server.close());

  const approve = (by: HttpPhone, device: string) => by.call('POST', `/api/devices/${device}/approve`);
  const listed = async (phone: HttpPhone) => {
    const { devices } = bodyOf(await lead.call('GET', '/api/devices')) as {
      devices: readonly { readonly id: string; readonly needsApproval: boolean; readonly quarantined: number }[];
    };
    return devices.find(({ id }) => id === phone.device);
  };
  const quarantineOf = async (phone: HttpPhone, by = lead) =>
    await by.call('GET', `/api/devices/${phone.device}/quarantine`);

  describe('after 400 days of silence', () => {
    it('[SEC-7] a phone waits for one press of a coordinator, and then sends what it holds', async () => {
      const phone = await joinByHttp(lead, 'responder');
      await phone.sync();
      const held = phone.make('task', 'i/T-1', taskProgress('done'));
      server.clock.pass(200 * day);
      await lead.signIn();
      await lead.sync();
      server.clock.pass(205 * day);
      await lead.signIn();
      expect(refusalOf(await phone.trySignIn())).toEqual([403, 'approval-needed']);
      expect(await listed(phone)).toMatchObject({ needsApproval: true });
      expect((await approve(lead, phone.device)).statusCode).toBe(204);
      expect(server.logged.map((line) => JSON.parse(line) as object)).toContainEqual(
        expect.objectContaining({ event: 'approved', device: phone.device, by: lead.person }),
      );
      expect(await listed(phone)).toMatchObject({ needsApproval: false });
      await phone.signIn();
      expect((await phone.sync([held])).outcomes).toMatchObject([{ outcome: 'applied' }]);
    });

    it('[SEC-7] whoever asks without the phone’s key learns nothing of it', async () => {
      const phone = await joinByHttp(lead, 'responder');
      server.clock.pass(405 * day);
      const stranger = new HttpPhone(server);
      const reply = await stranger.trySession(await stranger.challenge(phone.device), { device: phone.device });
      expect(refusalOf(reply)).toEqual([401, 'unknown-device']);
    });

    it('[SEC-7] a coordinator’s phone asks nobody while no other coordinator’s is awake: nobody is locked out of a team that slept', async () => {
      const second = await joinByHttp(lead, 'coordinator');
      const phone = await joinByHttp(lead, 'responder');
      server.clock.pass(405 * day);
      expect(refusalOf(await phone.trySignIn())).toEqual([403, 'approval-needed']);
      await lead.signIn();
      await lead.sync();
      expect(refusalOf(await second.trySignIn())).toEqual([403, 'approval-needed']);
      expect((await approve(lead, second.device)).statusCode).toBe(204);
      await second.signIn();
      expect((await approve(second, phone.device)).statusCode).toBe(204);
      await phone.signIn();
    });

    it('[SEC-7] a coordinator who is revoked, or whose phone sleeps too, is not awake to be asked', async () => {
      const gone = await joinByHttp(lead, 'coordinator');
      await joinByHttp(lead, 'coordinator');
      server.clock.pass(5 * day);
      await lead.call('DELETE', `/api/devices/${gone.device}?mode=leaver`);
      server.clock.pass(400 * day);
      await gone.signIn();
      await lead.signIn();
    });

    it('[SEC-7] nobody of another workspace counts, neither as awake nor as the coordinator that the person is there', async () => {
      const other = await setUpByHttp(server, 'Other');
      const phone = await joinByHttp(lead, 'responder');
      const { code } = await server.newWorkspace('Third');
      const twin = new HttpPhone(server);
      expect(await twin.enrol(code, { id: phone.person })).toMatchObject({ ok: true, value: { person: phone.person } });
      server.clock.pass(405 * day);
      for (const awake of [other, twin]) {
        await awake.signIn();
        await awake.sync();
      }
      expect(refusalOf(await phone.trySignIn())).toEqual([403, 'approval-needed']);
      await lead.signIn();
    });

    it('[SEC-7] [SEC-8] approving brings no revoked phone back, none of another workspace, and is for coordinators', async () => {
      const [phone, lost, left] = [
        await joinByHttp(lead, 'responder'),
        await joinByHttp(lead, 'responder'),
        await joinByHttp(lead, 'responder'),
      ];
      const outsider = await setUpByHttp(server, 'Other');
      await lead.call('DELETE', `/api/devices/${lost.device}?mode=lost`);
      await lead.call('DELETE', `/api/devices/${left.device}?mode=leaver`);
      for (const each of [lost, left]) expect(refusalOf(await approve(lead, each.device))).toEqual([404, 'not-found']);
      expect(refusalOf(await approve(outsider, phone.device))).toEqual([404, 'not-found']);
      expect(refusalOf(await approve(phone, phone.device))).toEqual([403, 'forbidden']);
      expect(refusalOf(await lost.trySignIn())).toEqual([401, 'revoked']);
    });

    it('[SEC-8] [SEC-7] a leaver still brings what it holds', async () => {
      const left = await joinByHttp(lead, 'responder');
      const held = left.make('task', 'i/T-1', taskProgress('done'));
      server.clock.pass(minute);
      await lead.call('DELETE', `/api/devices/${left.device}?mode=leaver`);
      server.clock.pass(405 * day);
      await left.signIn();
      expect((await left.send([held], { last: true })).outcomes).toMatchObject([{ outcome: 'applied' }]);
    });
  });

  describe('what was not taken of a device', () => {
    it('[LEAVER] a coordinator reads what a leaver did after the report, word for word, and nobody else does', async () => {
      const left = await joinByHttp(lead, 'responder');
      const other = await joinByHttp(lead, 'responder');
      const outsider = await setUpByHttp(server, 'Other');
      await lead.call('DELETE', `/api/devices/${left.device}?mode=leaver`);
      server.clock.pass(minute);
      await left.signIn();
      const late = left.make('task', 'i/T-2', taskProgress('blocked', { reason: 'no key for the rack' }));
      await left.send([late, { nonsense: true }], { last: true });
      expect(await listed(left)).toMatchObject({ quarantined: 2 });
      expect(await listed(other)).toMatchObject({ quarantined: 0 });
      const { changes } = bodyOf(await quarantineOf(left)) as { changes: readonly object[] };
      expect(changes).toHaveLength(2);
      expect(changes).toContainEqual({
        id: late.id,
        device: left.device,
        kind: 'task',
        key: 'i/T-2',
        value: late.value,
        size: expect.any(Number) as number,
        reason: { code: 'forbidden', message: expect.any(String) as string },
        at: expect.any(String) as string,
      });
      expect(refusalOf(await quarantineOf(left, other))).toEqual([403, 'forbidden']);
      expect(refusalOf(await quarantineOf(left, outsider))).toEqual([404, 'not-found']);
    });

    it('[LEAVER] what is accepted later leaves it', async () => {
      const phone = await joinByHttp(lead, 'observer');
      await phone.sync();
      const task = phone.make('task', 'i/T-1', taskProgress('done'));
      expect((await phone.sync([task])).outcomes).toMatchObject([{ outcome: 'refused' }]);
      expect(await listed(phone)).toMatchObject({ quarantined: 1 });
      await lead.sync();
      await lead.sync([lead.edit('grant', phone.person, { access: 'responder', roles: [] })]);
      expect((await phone.sync([task])).outcomes).toMatchObject([{ outcome: 'applied' }]);
      expect(await listed(phone)).toMatchObject({ quarantined: 0 });
    });
  });
});
