import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { taskProgress } from '../support/sample-plan.ts';
import { storeInMemory } from '../support/sign-ins.ts';
import { sampleSubscription } from '../support/push-receiver.ts';
import { beginningOfStream, type Beginning } from './support/beginning-of-stream.ts';
import { HttpPhone, setUpByHttp } from './support/http-phone.ts';
import { bodyOf, openServer, type TestServer } from './support/open-server.ts';

/*
 * A bug in each route: what its work rests on throws, one time a rejection and one time at once. Who is asking is found out before.
 */

const device = '0123456789abcdef';

const calls: Readonly<Record<string, (lead: HttpPhone, server: TestServer) => Promise<Beginning>>> = {
  'GET /api/health': (_, server) => server.call({ url: '/api/health' }),
  'GET /api/openapi.json': (_, server) => server.call({ url: '/api/openapi.json' }),
  'POST /api/session/challenge': (_, server) =>
    server.call({ method: 'POST', url: '/api/session/challenge', payload: { device } }),
  'POST /api/session': (lead) => lead.trySession('nonce'),
  'POST /api/enrol': (_, server) => new HttpPhone(server).tryEnrol('7K3MQ0RSTVWX7K3M'),
  'POST /api/sync': (lead) => lead.push([lead.make('task', 'i/T-1', taskProgress('done'))]),
  'GET /api/live': ({ token }, server) =>
    beginningOfStream(server, { url: '/api/live', headers: { authorization: `Bearer ${token}` } }),
  'GET /api/records': (lead) => lead.call('GET', '/api/records?kind=task&key=x'),
  'GET /api/history': (lead) => lead.call('GET', '/api/history?kind=task&key=x'),
  'GET /api/journal': (lead) => lead.call('GET', '/api/journal'),
  'GET /api/devices': (lead) => lead.call('GET', '/api/devices'),
  'DELETE /api/devices/{id}': (lead) => lead.call('DELETE', `/api/devices/${device}?mode=lost`),
  'POST /api/devices/{id}/approve': (lead) => lead.call('POST', `/api/devices/${device}/approve`),
  'GET /api/devices/{id}/quarantine': (lead) => lead.call('GET', `/api/devices/${device}/quarantine`),
  'POST /api/invites': (lead) => lead.tryInvite(),
  'GET /api/invites': (lead) => lead.call('GET', '/api/invites'),
  'DELETE /api/invites/{id}': (lead) => lead.call('DELETE', '/api/invites/x'),
  'POST /api/join-codes': (lead) =>
    lead.call('POST', '/api/join-codes', { payload: { person: { name: 'Kim' }, access: 'observer', roles: [] } }),
  'GET /api/reminders': (lead) => lead.call('GET', '/api/reminders'),
  'POST /api/reminders': (lead) =>
    lead.call('POST', '/api/reminders', { payload: { request: 'r', people: [{ person: 'x', points: ['test'] }] } }),
  'GET /api/reminders/{request}': (lead) => lead.call('GET', '/api/reminders/r'),
  'GET /api/push-subscriptions': (lead) => lead.call('GET', '/api/push-subscriptions'),
  'POST /api/push-subscriptions': (lead) =>
    lead.call('POST', '/api/push-subscriptions', { payload: sampleSubscription }),
  'DELETE /api/push-subscriptions': (lead) => lead.call('DELETE', '/api/push-subscriptions'),
  'DELETE /api/people/{person}': (lead) => lead.call('DELETE', '/api/people/x'),
};

/** What finds out who is asking, and what only listens. */
const entrance: ReadonlySet<string> = new Set(['device', 'rights', 'onCommit', 'onGap', 'onRevocation', 'close']);

let fault: (() => unknown) | null;

/** What answers at once can't reject. */
const immediate: ReadonlySet<string> = new Set(['issue']);

/** The same, but each call of it fails while `fault` is set. */
function fragile<T extends object>(whole: T, spared: ReadonlySet<string> = new Set()): T {
  return new Proxy(whole, {
    get(target, name) {
      const member = Reflect.get(target, name) as unknown;
      if (name === 'reminders' || name === 'pushes') return fragile(member as object);
      if (typeof member !== 'function') return member;
      return (...given: readonly unknown[]) => {
        if (fault === null || spared.has(String(name))) return Reflect.apply(member, target, given) as unknown;
        if (immediate.has(String(name))) throw bug();
        return fault();
      };
    },
  });
}

const bug = () => new TypeError("Cannot read properties of undefined (reading 'hash')");

describe('[SEC-28] a throw in a route', () => {
  let server: TestServer;
  let lead: HttpPhone;

  beforeEach(async () => {
    fault = null;
    const { journal, signIns } = storeInMemory();
    server = await openServer({
      journal: fragile(journal, entrance),
      signIns: { ...signIns, challenges: fragile(signIns.challenges), failedCodes: fragile(signIns.failedCodes) },
    });
    const { swagger } = server.app;
    server.app.swagger = ((...given: Parameters<typeof swagger>) => {
      if (fault !== null) throw bug();
      return swagger.apply(server.app, given);
    }) as typeof swagger;
    lead = await setUpByHttp(server);
  });
  afterEach(() => server.close());

  it('is planted in every route of openapi.json', async () => {
    const { paths } = bodyOf(await server.call({ url: '/api/openapi.json' })) as { paths: Record<string, object> };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(Object.keys(calls).toSorted()).toEqual(routes.toSorted());
  });

  const ways: readonly (readonly [string, () => unknown])[] = [
    ['that is a rejection', () => Promise.reject(bug())],
    [
      'that comes at once',
      () => {
        throw bug();
      },
    ],
    [
      'of something that is no error',
      () => {
        // oxlint-disable-next-line typescript/only-throw-error -- a library may
        throw 'undefined hash';
      },
    ],
  ];

  it.each(Object.keys(calls).flatMap((route) => ways.map(([how, way]) => [route, how, way] as const)))(
    'of %s %s is one 500 without a word of the inside, logged, and the next call works',
    async (route, _how, way) => {
      const call = calls[route];
      if (call === undefined) throw new Error(route);
      server.logged.length = 0;
      fault = way;
      const reply = await call(lead, server);
      fault = null;
      expect([reply.statusCode, bodyOf(reply)['code']]).toEqual([500, 'internal']);
      expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(reply.headers['content-security-policy']).toContain("default-src 'none'");
      expect(reply.payload).not.toMatch(/undefined|hash|TypeError|\.ts/);
      expect(server.logged.filter((line) => line.includes('unforeseen error'))).toHaveLength(1);
      // health is asked once a second
      server.clock.pass(1000);
      expect((await call(lead, server)).statusCode).toBeLessThan(500);
      expect((await server.call({ url: '/api/health' })).statusCode).toBe(200);
    },
  );
});
