import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { minute } from '../../src/domain/time.ts';
import type { FailedCodes } from '../../sync-server/attempt-limits.ts';
import type { KnownInvite } from '../../sync-server/journal/journal.ts';
import { storeInMemory } from '../support/sign-ins.ts';
import { HttpPhone, joinByHttp, setUpByHttp } from './support/http-phone.ts';
import { bodyOf, openServer, refusalOf, type Reply, type TestServer } from './support/open-server.ts';

let server: TestServer;
let lead: HttpPhone;

beforeEach(async () => {
  server = await openServer();
  lead = await setUpByHttp(server);
});
afterEach(() => server.close());

const invites = async () =>
  (bodyOf(await lead.call('GET', '/api/invites')) as { invites: readonly KnownInvite[] }).invites;
const withdraw = (id: string) => lead.call('DELETE', `/api/invites/${id}`);
const tryJoinCode = (more: object = {}) =>
  lead.call('POST', '/api/join-codes', {
    payload: { person: { name: 'Kim' }, access: 'responder', roles: [], ...more },
  });
type Made = { readonly code: string; readonly id: string; readonly person: string; readonly expiresAt: string };
const joinCode = async (more: object = {}) => bodyOf(await tryJoinCode(more)) as unknown as Made;
const enrol = (code: string, more: object = {}) => new HttpPhone(server).tryEnrol(code, more);
const refused = [401, 'code-refused'];
/** The same four characters to find, another proof. */
const guess = (code: string, at: number) => `${code.slice(0, 5)}0000-00${String(at).padStart(2, '0')}`;

/** All that somebody who guesses can see of a reply. */
const seenOf = ({ statusCode, headers, payload }: Reply) => {
  const { date: _date, ...rest } = headers;
  return { statusCode, headers: rest, payload };
};

describe('/api/invites', () => {
  it('[INVITE] lists every invite by its name, with what becomes of it, and gives no code away', async () => {
    const made = bodyOf(await lead.tryInvite({ person: { name: 'Kim' }, roles: ['it'] })) as unknown as Made;
    const phone = new HttpPhone(server);
    expect((await phone.tryEnrol(made.code)).statusCode).toBe(201);
    const reply = await lead.call('GET', '/api/invites');
    expect(await invites()).toEqual([
      {
        id: made.id,
        kind: 'link',
        person: made.person,
        access: 'responder',
        roles: ['it'],
        state: 'used',
        madeAt: new Date(server.clock.now).toISOString(),
        madeBy: lead.person,
        expiresAt: made.expiresAt,
        usedAt: new Date(server.clock.now).toISOString(),
        usedBy: phone.device,
      },
    ]);
    expect(reply.payload).not.toContain(made.code.replaceAll('-', ''));
    expect(reply.headers['cache-control']).toBe('no-store');
  });

  it('[INVITE] withdrawn, an invite lets nobody in; used, it can’t be', async () => {
    const [open, used] = [bodyOf(await lead.tryInvite()), bodyOf(await lead.tryInvite())] as unknown as [Made, Made];
    await enrol(used.code);
    expect((await withdraw(open.id)).statusCode).toBe(204);
    const logged = server.logged.map((line) => JSON.parse(line) as object);
    expect(logged).toContainEqual(
      expect.objectContaining({ event: 'withdrawn', invite: open.id, person: open.person, by: lead.person }),
    );
    expect(refusalOf(await enrol(open.code))).toEqual(refused);
    expect(refusalOf(await withdraw(used.id))).toEqual([409, 'already-used']);
    expect(refusalOf(await withdraw('nobody'))).toEqual([404, 'not-found']);
    expect((await invites()).map(({ state }) => state).toSorted()).toEqual(['used', 'withdrawn']);
  });

  it('[INVITE] a new code for the same person voids the earlier; a request sent twice makes one live invite', async () => {
    const first = bodyOf(await lead.tryInvite({ request: 'r-1' })) as unknown as Made;
    const again = bodyOf(await lead.tryInvite({ request: 'r-1' })) as unknown as Made;
    const resent = bodyOf(await lead.tryInvite({ replaces: again.id })) as unknown as Made;
    expect([again.person, resent.person]).toEqual([first.person, first.person]);
    expect((await invites()).filter(({ state }) => state === 'open').map(({ id }) => id)).toEqual([resent.id]);
    for (const { code } of [first, again]) expect(refusalOf(await enrol(code))).toEqual(refused);
    expect((await enrol(resent.code)).statusCode).toBe(201);
    expect(refusalOf(await lead.tryInvite({ replaces: 'nobody' }))).toEqual([404, 'not-found']);
  });

  it('[SEC-22] nobody replaces, sees or withdraws an invite of another workspace', async () => {
    const made = bodyOf(await lead.tryInvite()) as unknown as Made;
    const outsider = await setUpByHttp(server, 'Other');
    expect(refusalOf(await outsider.tryInvite({ replaces: made.id }))).toEqual([404, 'not-found']);
    expect(refusalOf(await outsider.call('DELETE', `/api/invites/${made.id}`))).toEqual([404, 'not-found']);
    expect(bodyOf(await outsider.call('GET', '/api/invites'))).toEqual({ invites: [] });
    expect((await enrol(made.code)).statusCode).toBe(201);
  });
});

describe('POST /api/join-codes', () => {
  it('[RADIO] twelve characters in groups of four let one device in as who it was made for', async () => {
    const made = await joinCode({ access: 'vendor', roles: ['hoster'] });
    expect(made.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    expect(made.expiresAt).toBe(new Date(server.clock.now + 10 * minute).toISOString());
    const phone = new HttpPhone(server);
    const reply = await phone.tryEnrol(made.code.toLowerCase().replaceAll('-', ' '));
    expect(bodyOf(reply)).toMatchObject({ person: made.person, access: 'vendor', roles: ['hoster'] });
    expect(await invites()).toMatchObject([{ id: made.id, kind: 'radio', state: 'used', usedBy: phone.device }]);
    expect((await phone.tryEnrol(made.code.toLowerCase().replaceAll('-', ' '))).payload).toBe(reply.payload);
    expect(refusalOf(await enrol(made.code))).toEqual(refused);
  });

  it('[SEC-3] dies after ten minutes', async () => {
    const made = await joinCode();
    server.clock.pass(10 * minute - 1);
    expect((await invites())[0]?.state).toBe('open');
    server.clock.pass(1);
    expect(refusalOf(await enrol(made.code))).toEqual(refused);
    expect((await invites())[0]?.state).toBe('expired');
  });

  it('[SEC-3] dies after five misses, whoever makes them; the fifth try may still be right', async () => {
    const [dead, alive] = [await joinCode(), await joinCode()];
    for (let at = 0; at < 5; at += 1) expect(refusalOf(await enrol(guess(dead.code, at)))).toEqual(refused);
    expect(refusalOf(await enrol(dead.code))).toEqual(refused);
    expect((await invites()).find(({ id }) => id === dead.id)?.state).toBe('missed');
    for (let at = 0; at < 4; at += 1) await enrol(guess(alive.code, at));
    expect((await enrol(alive.code)).statusCode).toBe(201);
  });

  it('[SEC-3] five misses at the same moment are five: of fifty guesses none is looked at beyond', async () => {
    const made = await joinCode();
    const guesses = await Promise.all(Array.from({ length: 50 }, (_, at) => enrol(guess(made.code, at))));
    expect(new Set(guesses.map(({ statusCode }) => statusCode))).toEqual(new Set([401]));
    const reasons = server.logged
      .map((line) => JSON.parse(line) as { readonly event?: string; readonly reason?: string })
      .filter(({ event }) => event === 'sign-in refused')
      .map(({ reason }) => reason);
    expect(reasons.filter((reason) => reason === 'code-refused')).toHaveLength(5);
    expect(reasons.filter((reason) => reason === 'tries')).toHaveLength(45);
    expect(refusalOf(await enrol(made.code))).toEqual(refused);
  });

  it('[SEC-2] under 50 parallel redemptions a code for the radio lets one device in', async () => {
    const made = await joinCode();
    const replies = await Promise.all(Array.from({ length: 50 }, () => enrol(made.code)));
    expect(replies.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1);
    expect(replies.filter(({ statusCode }) => statusCode === 401)).toHaveLength(49);
    expect((await invites())[0]?.state).toBe('used');
  });

  it('[LIMITS] [SEC-3] a right code that many wrong ones kept from being looked at lives on', async () => {
    const { journal, signIns } = storeInMemory();
    const { failedCodes } = signIns;
    let isCrowded = false;
    const crowded: FailedCodes = {
      wait: (...asked) => failedCodes.wait(...asked),
      waitForAny: (...asked) => failedCodes.waitForAny(...asked),
      failed: (...missed) => failedCodes.failed(...missed),
      giveBackTry: (...given) => failedCodes.giveBackTry(...given),
      isUntried: (...asked) => failedCodes.isUntried(...asked),
      // those of others that come while this one waits for its turn
      tryRadio: async (find, now) => {
        const isTry = await failedCodes.tryRadio(find, now);
        if (isCrowded) for (let at = 0; at < 200; at += 1) await failedCodes.failed('of others', 'radio', now);
        return isTry;
      },
    };
    await server.close();
    server = await openServer({ journal, signIns: { ...signIns, failedCodes: crowded } });
    lead = await setUpByHttp(server);
    const made = await joinCode();
    const link = await lead.invite();
    isCrowded = true;
    for (let at = 0; at < 6; at += 1) {
      const reply = await enrol(made.code);
      expect(refusalOf(reply)).toEqual([429, 'too-many-requests']);
      expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
      server.clock.pass(minute);
    }
    await enrol('ZZZZ-0000-0000');
    expect((await enrol(link.code)).statusCode).toBe(201);
    isCrowded = false;
    server.clock.pass(minute);
    expect((await enrol(made.code)).statusCode).toBe(201);
  });

  it('[SEC-4] unknown, wrong, dead and used codes look alike, from whatever address', async () => {
    const [known, used, dead] = [await joinCode(), await joinCode(), await joinCode()];
    await enrol(used.code);
    for (let at = 0; at < 5; at += 1) await enrol(guess(dead.code, at));
    const from = (address: string, code: string) => {
      const phone = new HttpPhone(server);
      const payload = phone.enrolBody(code);
      return server.call({ method: 'POST', url: '/api/enrol', payload, remoteAddress: address });
    };
    const replies = [
      await from('203.0.113.1', guess(known.code, 1)),
      await from('203.0.113.2', 'ZZZZ-0000-0000'),
      await from('203.0.113.3', used.code),
      await from('203.0.113.4', dead.code),
      await enrol(known.code, { signature: lead.sign('something else') }),
    ];
    for (const reply of replies) expect(seenOf(reply)).toEqual(seenOf(replies[0] as Reply));
    expect(refusalOf(replies[0] as Reply)).toEqual(refused);
    // five tries from five addresses are five
    for (let at = 2; at < 5; at += 1) await from(`203.0.113.${String(10 + at)}`, guess(known.code, at));
    expect(refusalOf(await from('203.0.113.99', known.code))).toEqual(refused);
  });

  it('[SEC-4] an unknown code for the radio takes as long as a wrong one', async () => {
    const made = await joinCode();
    const took = async (code: string) => {
      const began = performance.now();
      await enrol(code);
      return performance.now() - began;
    };
    await took('ZZZZ-0000-0000');
    const times = { wrong: [] as number[], unknown: [] as number[] };
    for (let at = 0; at < 4; at += 1) {
      times.wrong.push(await took(guess(made.code, at)));
      times.unknown.push(await took(`ZZZ${String(at)}-0000-0001`));
    }
    const least = { wrong: Math.min(...times.wrong), unknown: Math.min(...times.unknown) };
    // both pay for the slow hash, which is most of it; what is left is the machine's own unrest
    expect(Math.abs(least.wrong - least.unknown)).toBeLessThan(0.5 * Math.max(least.wrong, least.unknown));
    expect(Math.min(least.wrong, least.unknown)).toBeGreaterThan(10);
  });

  it('[SEC-1] no code for the radio is in the log or in what the database keeps', async () => {
    const made = await joinCode();
    await enrol(made.code);
    const plain = made.code.replaceAll('-', '');
    const text = [...server.logged, (await lead.call('GET', '/api/invites')).payload].join('');
    for (const secret of [made.code, plain, plain.slice(4)]) expect(text).not.toContain(secret);
  });

  it('[RADIO] is made by coordinators, for people who are known, and replaces what it stands for', async () => {
    const responder = await joinByHttp(lead, 'responder');
    const payload = { person: { name: 'Kim' }, access: 'responder', roles: [] };
    expect(refusalOf(await responder.call('POST', '/api/join-codes', { payload }))).toEqual([403, 'forbidden']);
    expect(refusalOf(await tryJoinCode({ person: { id: 'nobody' } }))).toEqual([404, 'not-found']);
    expect(refusalOf(await tryJoinCode({ access: 'admin' }))).toEqual([400, 'invalid-request']);
    const first = await joinCode();
    const second = await joinCode({ replaces: first.id });
    expect(second.person).toBe(first.person);
    expect(refusalOf(await enrol(first.code))).toEqual(refused);
    expect((await enrol(second.code)).statusCode).toBe(201);
  });
});
