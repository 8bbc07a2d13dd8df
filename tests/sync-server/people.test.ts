import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SyncedRecord } from '../../src/domain/sync/protocol.ts';
import { minute } from '../../src/domain/time.ts';
import { normalJoinCode } from '../../src/domain/sync/codes.ts';
import { taskProgress } from '../support/sample-plan.ts';
import { HttpPhone, joinByHttp, setUpByHttp } from './support/http-phone.ts';
import { bodyOf, openServer, refusalOf, type TestServer } from './support/open-server.ts';

let server: TestServer;
let lead: HttpPhone;

beforeEach(async () => {
  server = await openServer();
  lead = await setUpByHttp(server);
});
afterEach(() => server.close());

type Listed = { readonly id: string; readonly revoked: string | null; readonly lastSeenAt: string | null };
const devices = async () => (bodyOf(await lead.call('GET', '/api/devices')) as { devices: readonly Listed[] }).devices;
const revokedOf = async (phone: HttpPhone) => (await devices()).find(({ id }) => id === phone.device)?.revoked;
const revoke = (phone: HttpPhone, mode: string) => lead.call('DELETE', `/api/devices/${phone.device}?mode=${mode}`);

describe('POST /api/invites', () => {
  it('[INVITE] the code is told once, in the fragment of an address, and the grant is written', async () => {
    const reply = await lead.tryInvite({ person: { name: 'Kim' }, access: 'vendor', roles: ['hoster'] });
    const invite = bodyOf(reply) as { code: string; url: string; person: string };
    expect(reply.statusCode).toBe(201);
    expect(normalJoinCode(invite.code)?.length).toBeGreaterThanOrEqual(12);
    expect(invite.url).toBe(`${server.origin}/join#${invite.code}`);
    const record = async (kind: string) =>
      bodyOf(await lead.call('GET', `/api/records?kind=${kind}&key=${invite.person}`)) as SyncedRecord;
    expect(await record('grant')).toMatchObject({
      value: { access: 'vendor', roles: ['hoster'] },
      author: { person: null, device: '0000000000000000' },
    });
    expect((await record('person')).value).toEqual({ name: 'Kim', contacts: [] });
  });

  it('[SEC-11] names lose what turns them around or can’t be shown, and keep letters of every script', async () => {
    const names = [
      ['a\u0000b\ud800c', 'abc'],
      ['\u202egnp.exe', 'gnp.exe'],
      ['\u05d3\u05e0\u05d9\u200f', '\u05d3\u05e0\u05d9\u200f'],
      [' Zoë 🦊 ', 'Zoë 🦊'],
    ];
    for (const [typed, kept] of names) {
      const { person, code } = await lead.invite({ person: { name: typed } });
      const phone = new HttpPhone(server);
      expect((await phone.tryEnrol(code, { device: { name: typed } })).statusCode).toBe(201);
      const record = bodyOf(
        await lead.call('GET', `/api/records?kind=person&key=${person}`),
      ) as unknown as SyncedRecord;
      expect(record.value).toEqual({ name: kept, contacts: [] });
      expect((await server.journal.device(phone.device))?.name).toBe(kept);
    }
    expect(refusalOf(await lead.tryInvite({ person: { name: '\u202e\u0000' } }))).toEqual([400, 'invalid-request']);
  });

  it('[INVITE] a known person can be invited again, for another phone; nobody can be invited by a made-up id', async () => {
    const phone = await joinByHttp(lead, 'responder');
    const second = await joinByHttp(lead, 'observer', ['it'], phone.person);
    expect(second.person).toBe(phone.person);
    expect(refusalOf(await lead.tryInvite({ person: { id: 'nobody' } }))).toEqual([404, 'not-found']);
  });

  it.each([
    ['no person', { person: {} }],
    ['an empty name', { person: { name: ' ' } }],
    ['an unknown level', { access: 'admin' }],
    ['a role that is no key', { roles: ['a/b'] }],
    ['a role by __proto__', { roles: ['__proto__'] }],
    ['no end', { expiresInDays: null }],
    ['an end in the past', { expiresInDays: 0 }],
    ['half a day', { expiresInDays: 0.5 }],
    ['an end beyond a year', { expiresInDays: 366 }],
  ])('[SEC-18] %s is refused', async (_what, more) => {
    expect(refusalOf(await lead.tryInvite(more))).toEqual([400, 'invalid-request']);
  });
});

describe('/api/devices', () => {
  it('[DEVICES] lists every phone of the workspace with what the protocol names, and nothing else', async () => {
    const phone = await joinByHttp(lead, 'responder');
    server.clock.pass(10 * minute);
    await phone.sync();
    const listed = await devices();
    expect(listed).toHaveLength(2);
    expect(Object.keys(listed[0] ?? {}).toSorted()).toEqual([
      'enrolledAt',
      'id',
      'lastSeenAt',
      'name',
      'needsApproval',
      'person',
      'quarantined',
      'revoked',
      'weakKey',
    ]);
    expect(listed.find(({ id }) => id === phone.device)).toMatchObject({
      revoked: null,
      lastSeenAt: new Date(server.clock.now).toISOString(),
    });
  });

  it('[SEC-8] lost: refused at once on every path, and told to wipe', async () => {
    const phone = await joinByHttp(lead, 'responder');
    expect((await revoke(phone, 'lost')).statusCode).toBe(204);
    expect(await revokedOf(phone)).toBe('lost');
    expect(await revokedOf(lead)).toBeNull();
    for (const url of ['/api/live', '/api/devices', '/api/journal', '/api/records?kind=task&key=i%2Ft'])
      expect(refusalOf(await phone.call('GET', url))).toEqual([401, 'revoked']);
    expect(refusalOf(await phone.push([phone.make('task', 'i/T-1', taskProgress('done'))]))).toEqual([401, 'revoked']);
  });

  it('[LEAVER] sends what it held, is refused what came after, reads nothing, and wipes after its last push', async () => {
    const phone = await joinByHttp(lead, 'responder');
    const held = phone.make('task', 'i/T-1', taskProgress('done'));
    server.clock.pass(minute);
    expect((await revoke(phone, 'leaver')).statusCode).toBe(204);
    await phone.signIn();
    const first = await phone.send([held]);
    expect(first).toMatchObject({ outcomes: [{ outcome: 'applied' }], records: [], more: false, reset: false });
    expect(first).not.toHaveProperty('wipe');
    server.clock.pass(minute);
    const late = phone.make('task', 'i/T-2', taskProgress('done'));
    const last = await phone.send([late], { last: true });
    expect(last).toMatchObject({ outcomes: [{ outcome: 'refused', reason: { code: 'forbidden' } }], wipe: true });
    for (const url of ['/api/live', '/api/journal', '/api/records?kind=task&key=i%2FT-1', '/api/devices'])
      expect(refusalOf(await phone.call('GET', url))).toEqual([403, 'forbidden']);
  });

  it('[LEAVER] only a leaver is told to wipe after a push marked last', async () => {
    expect(await lead.send([], { last: true })).not.toHaveProperty('wipe');
  });

  it('[DEVICES] a leaver can become lost, never the other way; an unknown device is not found', async () => {
    const phone = await joinByHttp(lead, 'responder');
    for (const mode of ['leaver', 'lost', 'leaver']) expect((await revoke(phone, mode)).statusCode).toBe(204);
    expect(await revokedOf(phone)).toBe('lost');
    expect(refusalOf(await revoke(new HttpPhone(server), 'lost'))).toEqual([404, 'not-found']);
    expect(refusalOf(await revoke(phone, 'gone'))).toEqual([400, 'invalid-request']);
    expect(refusalOf(await lead.call('DELETE', `/api/devices/${phone.device}`))).toEqual([400, 'invalid-request']);
    expect(refusalOf(await lead.call('DELETE', '/api/devices/NOT-HEX?mode=lost'))).toEqual([400, 'invalid-request']);
  });
});

describe('DELETE /api/people/:person', () => {
  it('[ERASE] a person’s values and salts are gone from record, history, journal and quarantine; the chain verifies', async () => {
    const secret = 'mobile-0821234567';
    const phone = await joinByHttp(lead, 'responder');
    const contact = { type: 'phone', value: secret, verifiedAt: null };
    await phone.sync([phone.make('person', phone.person, { name: secret, contacts: [contact] })]);
    await phone.sync([
      phone.make('person', phone.person, { name: 5, also: secret }),
      { ...phone.make('person', phone.person, { name: secret, contacts: [] }), n: 'unreadable' },
    ]);
    expect((await lead.call('DELETE', `/api/people/${phone.person}`)).statusCode).toBe(204);
    const address = `kind=person&key=${phone.person}`;
    const replies = await Promise.all(
      [`/api/records?${address}`, `/api/history?${address}`, '/api/journal'].map((url) => lead.call('GET', url)),
    );
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(replies.map(({ payload }) => payload).join('')).not.toContain(secret);
    expect(bodyOf(replies[0] as (typeof replies)[number])['value']).toBeNull();
    expect((await server.journal.verify(lead.session.workspace)).ok).toBe(true);
    await lead.sync();
    expect(lead.shown('person', phone.person)).toBeNull();
  });

  it('[ERASE] nobody there is not found', async () => {
    expect(refusalOf(await lead.call('DELETE', '/api/people/nobody'))).toEqual([404, 'not-found']);
    expect(refusalOf(await lead.call('DELETE', '/api/people/__proto__'))).toEqual([400, 'invalid-request']);
  });
});
