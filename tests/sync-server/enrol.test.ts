import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shownJoinCode } from '../../src/domain/sync/codes.ts';
import { enrolMessage } from '../../src/domain/sync/signing.ts';
import { day, minute } from '../../src/domain/time.ts';
import { HttpPhone, joinByHttp, setUpByHttp } from './support/http-phone.ts';
import { bodyOf, openServer, refusalOf, type Reply, type TestServer } from './support/open-server.ts';

let server: TestServer;
let lead: HttpPhone;

beforeEach(async () => {
  server = await openServer();
  lead = await setUpByHttp(server);
});
afterEach(() => server.close());

const newCode = async (more: object = {}) => {
  await lead.signIn();
  return (await lead.invite(more)).code;
};
const refused = [401, 'code-refused'];

/** All that somebody who guesses can see of a reply. */
const seenOf = ({ statusCode, headers, payload }: Reply) => {
  const { date: _date, ...rest } = headers;
  return { statusCode, headers: rest, payload };
};

describe('POST /api/enrol', () => {
  it('[ENROL] a code becomes a device: 201 says who, where and with what rights', async () => {
    const code = await newCode({ access: 'vendor', roles: ['hoster'] });
    const phone = new HttpPhone(server);
    const reply = await phone.tryEnrol(code, { weakKey: true, device: { name: '  Kim’s phone ' } });
    expect(reply.statusCode).toBe(201);
    expect(bodyOf(reply)).toEqual({
      device: phone.device,
      person: expect.any(String) as string,
      workspace: { id: lead.session.workspace, name: 'Recovery team' },
      access: 'vendor',
      roles: ['hoster'],
    });
    expect(await server.journal.device(phone.device)).toMatchObject({ name: 'Kim’s phone', weakKey: true });
  });

  it('[ENROL] a code is burnt by the first key; that key gets the same 201 again, also late and after many misses of others', async () => {
    const code = await newCode();
    const phone = new HttpPhone(server);
    const first = await phone.tryEnrol(code);
    for (let miss = 0; miss < 6; miss += 1) await new HttpPhone(server).tryEnrol(code);
    expect((await new HttpPhone(server).tryEnrol(code)).statusCode).toBe(429);
    server.clock.pass(30 * day);
    const again = await phone.tryEnrol(code);
    expect([again.statusCode, again.payload]).toEqual([201, first.payload]);
    expect(refusalOf(await new HttpPhone(server).tryEnrol(code))).toEqual(refused);
  });

  it("[ENROL] case, spaces and dashes of a code don't count", async () => {
    const code = (await newCode()).replaceAll('-', '');
    const typed = `  ${shownJoinCode(code).toLowerCase().replaceAll('-', ' ')}`;
    expect((await new HttpPhone(server).tryEnrol(typed)).statusCode).toBe(201);
  });

  it('[SEC-4] unknown, malformed, wrongly signed, burnt and expired codes look alike', async () => {
    const burnt = await newCode();
    await new HttpPhone(server).tryEnrol(burnt);
    const expired = await newCode({ expiresInDays: 1 });
    server.clock.pass(day);
    const good = await newCode();
    const elsewhere = new HttpPhone(server);
    const replies = [
      await new HttpPhone(server).tryEnrol('7K3MQ0RSTVWX7K3M'),
      await new HttpPhone(server).tryEnrol("no code at all'; --"),
      await new HttpPhone(server).tryEnrol(burnt),
      await new HttpPhone(server).tryEnrol(expired),
      await new HttpPhone(server).tryEnrol(good, { signature: lead.sign('something else') }),
      await elsewhere.tryEnrol(good, { signature: elsewhere.sign(enrolMessage('https://evil.example', good)) }),
      await elsewhere.tryEnrol(good, { publicKey: lead.key }),
    ];
    const [first] = replies.map(seenOf);
    expect(refusalOf(replies[0] as Reply)).toEqual(refused);
    for (const reply of replies) expect(seenOf(reply)).toEqual(first);
    expect((await elsewhere.tryEnrol(good)).statusCode).toBe(201);
  });

  it('[SEC-2] under 50 parallel redemptions a code lets one device in', async () => {
    const code = await newCode();
    const phones = Array.from({ length: 50 }, () => new HttpPhone(server));
    const replies = await Promise.all(phones.map((phone) => phone.tryEnrol(code)));
    expect(replies.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1);
    expect(replies.filter(({ statusCode }) => statusCode === 401)).toHaveLength(49);
    expect(await server.journal.devices(lead.session.workspace)).toHaveLength(2);
  });

  it('[SEC-5] a new server has no account: nobody is known, and no code of somebody who guesses lets anybody in', async () => {
    const fresh = await openServer();
    await fresh.journal.createWorkspace('Recovery team', fresh.clock.now);
    const stranger = new HttpPhone(fresh);
    for (const guess of ['ADMIN', 'PASSWORD-PASSWORD', '0000-0000-0000-0000', '1234-5678-9012', 'HOLDFAST-2026'])
      expect(refusalOf(await stranger.tryEnrol(guess, { person: { name: 'admin' } })), guess).toEqual(refused);
    expect(refusalOf(await stranger.trySignIn())).toEqual([401, 'unknown-device']);
    const [workspace] = await fresh.journal.workspaces();
    expect(workspace?.hasCoordinator).toBe(false);
    expect(await fresh.journal.devices(workspace?.id as never)).toEqual([]);
    await fresh.close();
  });

  it("[ENROL] an invite's person stands, whatever person the phone names", async () => {
    const invite = await lead.invite();
    const reply = await new HttpPhone(server).tryEnrol(invite.code, { person: { id: lead.person } });
    expect(bodyOf(reply)['person']).toBe(invite.person);
  });

  it('[ENROL] a setup code works once, for 24 h, and only while there is no coordinator', async () => {
    const { id, code } = await server.newWorkspace('Plant north');
    server.clock.pass(day - 1);
    const alone = new HttpPhone(server);
    const reply = await alone.tryEnrol(code, { person: { id: 'me' } });
    expect(bodyOf(reply)).toMatchObject({
      person: 'me',
      workspace: { id, name: 'Plant north' },
      access: 'coordinator',
    });
    expect(refusalOf(await new HttpPhone(server).tryEnrol(code))).toEqual(refused);
    const late = await server.newWorkspace();
    server.clock.pass(day);
    expect(refusalOf(await new HttpPhone(server).tryEnrol(late.code))).toEqual(refused);
  });

  it('[REL-17] a clone takes a new key with its token as the code, signed by both keys, once', async () => {
    const phone = await joinByHttp(lead, 'responder');
    const signature = phone.sign(enrolMessage(server.origin, phone.token));
    const next = new HttpPhone(server);
    const body = { previous: { device: phone.device, signature } };
    const unsigned = { previous: { device: phone.device, signature: next.sign('not the old key') } };
    expect(refusalOf(await next.tryEnrol(phone.token, unsigned))).toEqual(refused);
    expect(refusalOf(await next.tryEnrol(lead.token, body))).toEqual(refused);
    const reply = await next.tryEnrol(phone.token, body);
    expect(reply.statusCode).toBe(201);
    expect(bodyOf(reply)).toMatchObject({ device: next.device, person: phone.person });
    expect((await next.tryEnrol(phone.token, body)).payload).toBe(reply.payload);
    expect(refusalOf(await new HttpPhone(server).tryEnrol(phone.token, body))).toEqual(refused);
  });

  it('[SEC-8] a revoked key never enrols again, nor does a clone of it', async () => {
    const phone = await joinByHttp(lead, 'responder');
    const signature = phone.sign(enrolMessage(server.origin, phone.token));
    await lead.call('DELETE', `/api/devices/${phone.device}?mode=lost`);
    expect(refusalOf(await phone.tryEnrol(await newCode()))).toEqual(refused);
    const clone = await new HttpPhone(server).tryEnrol(phone.token, { previous: { device: phone.device, signature } });
    expect(refusalOf(clone)).toEqual(refused);
  });

  it('[LIMITS] failed codes are limited per code and in all; a limit ends by itself and says when', async () => {
    const miss = (code: string) => new HttpPhone(server).tryEnrol(code);
    for (let at = 0; at < 5; at += 1) expect(refusalOf(await miss('7K3MQ0RSTVWX7K3M'))).toEqual(refused);
    const limited = await miss('7K3MQ0RSTVWX7K3M');
    expect(refusalOf(limited)).toEqual([429, 'too-many-requests']);
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
    expect(refusalOf(await miss('7K3MQ0RSTVWX7K3N'))).toEqual(refused);
    server.clock.pass(Number(limited.headers['retry-after']) * 1000);
    expect(refusalOf(await miss('7K3MQ0RSTVWX7K3M'))).toEqual(refused);
    const codes = Array.from({ length: 220 }, (_, at) => `7K3MQ0RSTVWX${String(at).padStart(4, '0')}`);
    await Promise.all(codes.map(miss));
    expect(refusalOf(await miss('7K3MQ0RSTVWX7K3P'))).toEqual([429, 'too-many-requests']);
    server.clock.pass(minute);
    expect((await miss(await newCode())).statusCode).toBe(201);
  });

  it.each([
    ['no point on the curve', { publicKey: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } }],
    ['another curve', { publicKey: { kty: 'EC', crv: 'P-384', x: 'A'.repeat(43), y: 'A'.repeat(43) } }],
    ['a short signature', { signature: 'abc' }],
    ['a padded signature', { signature: `${'A'.repeat(86)}==` }],
    ['no device', { device: null }],
    ['an empty device name', { device: { name: '  ' } }],
    ['a person by __proto__', { person: { id: '__proto__' } }],
    ['a code that is no text', { code: { $ne: null } }],
  ])('[SEC-18] %s is refused as a request, before any code is looked at', async (_what, more) => {
    const phone = new HttpPhone(server);
    expect(refusalOf(await phone.tryEnrol('7K3MQ0RSTVWX7K3M', more))).toEqual([400, 'invalid-request']);
  });
});
