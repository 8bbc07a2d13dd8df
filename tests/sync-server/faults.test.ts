import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { day } from '../../src/domain/time.ts';
import type { Journal } from '../../sync-server/journal/journal.ts';
import { openSqliteStore } from '../../sync-server/journal/sqlite-journal.ts';
import { logEntry, taskProgress } from '../support/sample-plan.ts';
import { HttpPhone, joinByHttp, setUpByHttp } from './support/http-phone.ts';
import { bodyOf, openServer, refusalOf, type TestServer } from './support/open-server.ts';

let server: TestServer;
afterEach(() => server.close());

/** A journal of which single calls go wrong while `faults` names them. */
function failing(faults: Map<keyof Journal, Error>): Journal {
  const journal = openSqliteStore({ path: ':memory:', random: (length) => randomBytes(length) }).journal;
  return new Proxy(journal, {
    get(target, name: keyof Journal) {
      const fault = faults.get(name);
      if (fault !== undefined) return () => Promise.reject(fault);
      const member = target[name];
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

const sqliteError = (code: string) => Object.assign(new Error('/srv/data/holdfast.db: trouble'), { code });

describe('when something goes wrong inside', () => {
  const faults = new Map<keyof Journal, Error>();
  const start = async () => {
    faults.clear();
    server = await openServer({ journal: failing(faults) });
    return await setUpByHttp(server);
  };

  it('[SEC-28] a throw in any route is one 500 without a word of the inside, and the server goes on', async () => {
    const lead = await start();
    const bug = new TypeError("Cannot read properties of undefined (reading 'hash')");
    const calls: readonly (readonly [keyof Journal, () => Promise<{ statusCode: number; payload: string }>])[] = [
      ['sync', () => lead.push()],
      ['head', () => lead.call('GET', '/api/live')],
      ['record', () => lead.call('GET', '/api/records?kind=task&key=x')],
      ['history', () => lead.call('GET', '/api/history?kind=task&key=x')],
      ['entries', () => lead.call('GET', '/api/journal')],
      ['devices', () => lead.call('GET', '/api/devices')],
      ['revoke', () => lead.call('DELETE', '/api/devices/0123456789abcdef?mode=lost')],
      ['erasePerson', () => lead.call('DELETE', '/api/people/x')],
      ['invite', () => lead.tryInvite()],
      ['rights', () => lead.call('GET', '/api/devices')],
      ['device', () => lead.push()],
      ['enrol', () => new HttpPhone(server).tryEnrol('7K3MQ0RSTVWX7K3M')],
      ['healthy', () => server.call({ url: '/api/health' })],
    ];
    for (const [name, call] of calls) {
      faults.set(name, bug);
      const reply = await call();
      faults.delete(name);
      expect([reply.statusCode, JSON.parse(reply.payload)], name).toEqual([
        500,
        expect.objectContaining({ code: 'internal' }) as unknown,
      ]);
      expect(reply.payload).not.toMatch(/undefined|hash|TypeError/);
    }
    expect(server.logged.filter((line) => line.includes('unforeseen error')).length).toBe(calls.length);
    server.clock.pass(1000);
    expect((await server.call({ url: '/api/health' })).statusCode).toBe(200);
    expect((await lead.push()).statusCode).toBe(200);
  });

  it('[REL-38] a full disk is 507 with Retry-After; nothing is lost, and it recovers by itself', async () => {
    const lead = await start();
    const change = lead.make('task', 'i/T-1', taskProgress('done'));
    faults.set('sync', sqliteError('SQLITE_FULL'));
    const reply = await lead.push([change]);
    expect(refusalOf(reply)).toEqual([507, 'storage-full']);
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
    expect(reply.payload).not.toContain('/srv');
    faults.clear();
    expect((await lead.send([change])).outcomes).toMatchObject([{ outcome: 'applied' }]);
  });

  it.each(['SQLITE_BUSY', 'SQLITE_IOERR_WRITE', 'SQLITE_READONLY', 'SQLITE_CANTOPEN'])(
    '[ERRORS] %s is 503 with Retry-After',
    async (code) => {
      const lead = await start();
      faults.set('sync', sqliteError(code));
      const reply = await lead.push();
      expect(refusalOf(reply)).toEqual([503, 'unavailable']);
      expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
      expect(reply.payload).not.toContain('/srv');
    },
  );

  it('[HEALTH] 503 with the reason while nothing can be written; asking often writes once a second', async () => {
    let asked = 0;
    let healthy = true;
    const journal = openSqliteStore({ path: ':memory:', random: (length) => randomBytes(length) }).journal;
    journal.healthy = () => {
      asked += 1;
      return Promise.resolve(healthy ? { ok: true, value: undefined } : { ok: false, error: 'the disk is full' });
    };
    server = await openServer({ journal });
    await Promise.all(Array.from({ length: 20 }, () => server.call({ url: '/api/health' })));
    expect(asked).toBe(1);
    healthy = false;
    server.clock.pass(1000);
    const reply = await server.call({ url: '/api/health' });
    expect(refusalOf(reply)).toEqual([503, 'unavailable']);
    expect(bodyOf(reply)['detail']).toBe('the disk is full');
    expect(reply.headers['retry-after']).toBeDefined();
  });
});

describe('limits', () => {
  it('[LIMITS] 250 phones behind one address sign in and push at the same time', { timeout: 60_000 }, async () => {
    server = await openServer();
    const lead = await setUpByHttp(server);
    const phones = await Promise.all(Array.from({ length: 250 }, () => joinByHttp(lead, 'responder')));
    const replies = await Promise.all(
      phones.map(async (phone, at) => {
        await phone.signIn();
        return await phone.push([phone.make('task', `i/T-${String(at)}`, taskProgress('done'))]);
      }),
    );
    expect(replies.filter(({ statusCode }) => statusCode !== 200)).toEqual([]);
  });

  it('[LIMITS] sessions and pushes are limited for one device and for no other', { timeout: 60_000 }, async () => {
    server = await openServer();
    const lead = await setUpByHttp(server);
    const other = await joinByHttp(lead, 'responder');
    const sessions = [];
    for (let at = 0; at < 62; at += 1) sessions.push(await lead.trySignIn());
    const limited = sessions.at(-1);
    if (limited === undefined) throw new Error('nothing was asked');
    expect(refusalOf(limited)).toEqual([429, 'too-many-requests']);
    expect((await other.trySignIn()).statusCode).toBe(200);
    const wait = Number(limited.headers['retry-after']);
    expect(wait).toBeGreaterThan(0);
    server.clock.pass(wait * 1000);
    expect((await lead.trySignIn()).statusCode).toBe(200);
    const change = lead.make('task', 'i/T-1', taskProgress('done'));
    const pushes = await Promise.all(Array.from({ length: 605 }, () => lead.push([change])));
    expect(pushes.filter(({ statusCode }) => statusCode === 429)).toHaveLength(5);
    expect((await lead.push()).statusCode).toBe(200);
    expect((await other.push([other.make('task', 'i/T-2', taskProgress('done'))])).statusCode).toBe(200);
  });

  it('[LIMITS] wrong signatures of others use up no session of a device', async () => {
    server = await openServer();
    const lead = await setUpByHttp(server);
    const stranger = new HttpPhone(server);
    for (let at = 0; at < 70; at += 1)
      await stranger.trySession(await stranger.challenge(lead.device), { device: lead.device });
    expect((await lead.trySignIn()).statusCode).toBe(200);
  });
});

describe('the log', () => {
  it('[SEC-1] [SEC-27] holds no secret, no address, no name and nothing that somebody typed behind a slash', async () => {
    server = await openServer();
    const lead = await setUpByHttp(server);
    const invite = await lead.invite({ person: { name: 'Kim Canary' } });
    const phone = new HttpPhone(server);
    const nonce = await phone.challenge();
    await phone.tryEnrol(invite.code, { device: { name: 'Canary phone' } });
    await phone.signIn();
    await phone.sync([phone.make('task', 'i/T-1', taskProgress('blocked', { reason: 'reason-canary' }))]);
    await phone.call('GET', '/api/records?kind=task&key=canary-key');
    await phone.call('GET', `/join/${invite.code}`, { remoteAddress: '203.0.113.77' });
    await lead.call('DELETE', `/api/people/${phone.person}`);
    const text = server.logged.join('');
    expect(server.logged.length).toBeGreaterThan(8);
    const secrets = [invite.code, invite.code.replaceAll('-', ''), nonce, phone.token, lead.token];
    for (const secret of [...secrets, 'anary', '203.0.113.77', phone.key.x, 'Bearer'])
      expect(text).not.toContain(secret);
  });

  it('[SEC-27] every failed sign-in is logged with its reason, each line one JSON object with its time', async () => {
    server = await openServer();
    const lead = await setUpByHttp(server);
    server.logged.length = 0;
    const stranger = new HttpPhone(server);
    await stranger.tryEnrol('7K3MQ0RSTVWX7K3M');
    await stranger.trySignIn();
    await lead.trySession('used-up');
    await lead.call('GET', '/api/devices', { headers: { authorization: 'Bearer made-up' } });
    const lost = await joinByHttp(lead, 'responder');
    await lead.call('DELETE', `/api/devices/${lost.device}?mode=lost`);
    await lost.push();
    await lost.trySignIn();
    server.clock.pass(day);
    await lead.push();
    const lines = server.logged.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.every(({ time }) => Number.isFinite(Date.parse(String(time))))).toBe(true);
    const refused = lines.filter(({ event }) => event === 'sign-in refused');
    expect(refused.map(({ reason }) => reason)).toEqual([
      'code-refused',
      'unknown-device',
      'challenge-refused',
      'token-refused',
      'revoked',
      'revoked',
      'token-refused',
    ]);
    expect(refused.every(({ level }) => level === 40)).toBe(true);
    expect(lines.filter(({ event }) => event === 'revoked')).toHaveLength(1);
  });

  it('[SYNC-GAP] changes that a device made and never sent are logged by device and range, in one line a push, without a word of them', async () => {
    server = await openServer();
    const lead = await setUpByHttp(server);
    const incident = 'aaaaaaaaaaaaaaaa';
    const make = () => lead.make('log', `${incident}/l${String(lead.n)}`, logEntry('the vault code is 4711'));
    make();
    make();
    const third = make();
    const sent = [third, ...Array.from({ length: 40 }, () => (make(), make()))];
    const reply = await lead.push(sent);
    expect(reply.statusCode).toBe(200);
    const lines = server.logged.filter((line) => line.includes('changes missing'));
    expect(lines).toHaveLength(1);
    const told = JSON.parse(lines[0] ?? '') as { missing: number; gaps: readonly unknown[] };
    expect(told).toMatchObject({ level: 40, workspace: lead.session.workspace, missing: 42 });
    expect(told.gaps).toHaveLength(20);
    expect(told.gaps[0]).toEqual({ device: lead.device, from: third.n - 2, to: third.n - 1 });
    expect(server.logged.join('')).not.toContain('4711');
  });
});
