import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kinds } from '../../src/domain/sync/kinds.ts';
import type { JournalEntry } from '../../src/domain/sync/protocol.ts';
import { sampleSubscription } from '../support/push-receiver.ts';
import { incidentValue, logEntry, planVersion, taskProgress } from '../support/sample-plan.ts';
import { beginningOfStream } from './support/beginning-of-stream.ts';
import { HttpPhone, joinByHttp, setUpByHttp } from './support/http-phone.ts';
import { databases } from './support/open-on-postgres.ts';
import { bodyOf, type Reply, type TestServer } from './support/open-server.ts';

/*
 * Who gets what: every route of the server by every kind of caller, and every kind of record by every level. A route or a
 * kind that is missing here fails the test.
 */

let server: TestServer;
let phones: Readonly<Record<Caller, HttpPhone>>;
/** An invite of the coordinator. */
let invite: string;
const callers = ['coordinator', 'responder', 'observer', 'vendor', 'leaver', 'lost', 'outsider', 'stranger'] as const;
type Caller = (typeof callers)[number];

const plan = planVersion();
const incident = incidentValue(plan.hash);
const at = '2026-11-23T12:00:00.000Z';

async function setUp(open: () => Promise<TestServer>): Promise<void> {
  server = await open();
  const coordinator = await setUpByHttp(server);
  await coordinator.sync([coordinator.make('plan-version', plan.hash, plan.value)]);
  await coordinator.sync([coordinator.make('incident', incident.id, incident.value)]);
  phones = {
    coordinator,
    responder: await joinByHttp(coordinator, 'responder', ['it']),
    observer: await joinByHttp(coordinator, 'observer', ['it']),
    vendor: await joinByHttp(coordinator, 'vendor', ['hoster']),
    leaver: await joinByHttp(coordinator, 'responder'),
    lost: await joinByHttp(coordinator, 'coordinator'),
    // a coordinator, but of another workspace
    outsider: await setUpByHttp(server, 'Other'),
    stranger: new HttpPhone(server),
  };
  for (const mode of ['leaver', 'lost'] as const)
    await coordinator.call('DELETE', `/api/devices/${phones[mode].device}?mode=${mode}`);
  invite = bodyOf(await coordinator.tryInvite())['id'] as string;
}

type Expected = Readonly<Partial<Record<Caller, number>>> & { readonly others: number };
type Method = 'GET' | 'POST' | 'DELETE';

/** What whoever gets in is answered; callers that are not named get `others`. */
const anyone = (status: number): Expected => ({ others: status });
const members = (status: number, more: Partial<Record<Caller, number>> = {}): Expected => ({
  leaver: 403,
  lost: 401,
  stranger: 401,
  others: status,
  ...more,
});
const coordinators = (status: number, outsider: number): Expected => ({
  ...members(403),
  coordinator: status,
  outsider,
});

const joinCodeFor = { person: { name: 'Kim' }, access: 'observer', roles: [] };
const invitation = { person: { name: 'Kim' }, access: 'observer', roles: [], expiresInDays: 1 };
const reminding = { request: 'r', people: [{ person: 'x', points: ['test'] }] };

const routes: readonly (readonly [route: string, url: string, body: object | null, Expected])[] = [
  ['GET /api/health', '/api/health', null, anyone(200)],
  ['GET /api/openapi.json', '/api/openapi.json', null, anyone(200)],
  ['POST /api/session/challenge', '/api/session/challenge', { device: '0123456789abcdef' }, anyone(200)],
  [
    'POST /api/session',
    '/api/session',
    { device: '0123456789abcdef', nonce: 'x', signature: 'A'.repeat(86) },
    anyone(401),
  ],
  ['POST /api/enrol', '/api/enrol', { code: 'x' }, anyone(400)],
  ['POST /api/sync', '/api/sync', null, members(200, { leaver: 200 })],
  ['GET /api/live', '/api/live', null, members(200)],
  ['GET /api/records', `/api/records?kind=incident&key=${incident.id}`, null, members(200, { outsider: 404 })],
  ['GET /api/history', `/api/history?kind=incident&key=${incident.id}`, null, members(200, { outsider: 404 })],
  ['GET /api/journal', '/api/journal', null, members(200)],
  ['GET /api/devices', '/api/devices', null, coordinators(200, 200)],
  ['POST /api/invites', '/api/invites', invitation, coordinators(201, 201)],
  ['GET /api/invites', '/api/invites', null, coordinators(200, 200)],
  ['DELETE /api/invites/{id}', '/api/invites/INVITE', null, coordinators(204, 404)],
  ['POST /api/join-codes', '/api/join-codes', joinCodeFor, coordinators(201, 201)],
  ['DELETE /api/devices/{id}', '/api/devices/DEVICE?mode=leaver', null, coordinators(204, 404)],
  ['GET /api/devices/{id}/quarantine', '/api/devices/DEVICE/quarantine', null, coordinators(200, 404)],
  // the one that left is revoked: it never comes back
  ['POST /api/devices/{id}/approve', '/api/devices/RESPONDER/approve', null, coordinators(204, 404)],
  ['GET /api/reminders', '/api/reminders', null, coordinators(200, 200)],
  ['POST /api/reminders', '/api/reminders', reminding, coordinators(202, 202)],
  ['GET /api/reminders/{request}', '/api/reminders/r', null, coordinators(200, 200)],
  ['GET /api/push-subscriptions', '/api/push-subscriptions', null, members(200)],
  ['POST /api/push-subscriptions', '/api/push-subscriptions', sampleSubscription, members(204)],
  ['DELETE /api/push-subscriptions', '/api/push-subscriptions', null, members(204)],
  ['DELETE /api/people/{person}', '/api/people/PERSON', null, coordinators(204, 404)],
];

async function ask(caller: Caller, route: string, url: string, body: object | null): Promise<number> {
  const phone = phones[caller];
  const target = phones.leaver;
  const [method] = route.split(' ') as [Method];
  const address = url
    .replace('DEVICE', target.device)
    .replace('RESPONDER', phones.responder.device)
    .replace('PERSON', target.person)
    .replace('INVITE', invite);
  const payload = route === 'POST /api/sync' ? phone.request() : body;
  const headers = caller === 'stranger' ? { authorization: 'Bearer made-up' } : {};
  if (route === 'GET /api/live') {
    const authorised = { authorization: `Bearer ${phone.token}`, ...headers };
    return (await beginningOfStream(server, { method, url: address, headers: authorised })).statusCode;
  }
  return (await phone.call(method, address, { ...(payload === null ? {} : { payload }), headers })).statusCode;
}

/** Who sees a record that the responder (role `it`) or the coordinator made: of each kind, and where it differs by owner, of each owner. */
const all = ['coordinator', 'responder', 'observer', 'vendor'] as const;
const staff = ['coordinator', 'responder', 'observer'] as const;
const objects: readonly (readonly [kind: string, of: string, key: () => string, readonly Caller[]])[] = [
  ['plan-version', 'the plan, as far as it is the vendor’s', () => plan.hash, all],
  ['incident', 'the one that is worked', () => incident.id, all],
  ['plan-item', 'a draft', () => 'shop/risk/r', ['coordinator']],
  ['task', 'a role of the staff', () => `${incident.id}/IT-01`, staff],
  ['task', 'the vendor', () => `${incident.id}/HO-01`, all],
  ['step', 'a role of the staff', () => `${incident.id}/IT-01/1`, staff],
  ['log', 'the staff', () => `${incident.id}/l1`, staff],
  ['log', 'the vendor', () => `${incident.id}/l2`, all],
  ['impact', 'the staff', () => `${incident.id}/ledger`, staff],
  ['availability', 'the responder', () => `${incident.id}/${phones.responder.person}`, staff],
  ['assignment', 'the responder', () => `${incident.id}/it/${phones.responder.person}`, staff],
  ['approval', 'the lead', () => `${plan.hash}/lead`, staff],
  ['message', 'the staff', () => `${incident.id}/m1`, staff],
  ['resource', 'the staff', () => `${incident.id}/r1`, staff],
  ['review', 'the staff', () => `${incident.id}/rv`, staff],
  ['contact-test', 'a coordinator', () => 'ct1', staff],
  ['contact-result', 'the responder, by a coordinator', () => `ct1/${phones.responder.person}`, staff],
  ['contact-result', 'the vendor, by a coordinator', () => `ct1/${phones.vendor.person}`, staff],
  ['training', 'everybody', () => 'tr1', staff],
  ['extra-task', 'the staff', () => `${incident.id}/X-1`, staff],
  ['person', 'the responder', () => phones.responder.person, staff],
  ['grant', 'the responder', () => phones.responder.person, ['coordinator', 'responder']],
  ['grant', 'the vendor', () => phones.vendor.person, ['coordinator', 'vendor']],
  ['device', 'the responder', () => phones.responder.device, ['coordinator', 'responder']],
  ['device', 'the coordinator', () => phones.coordinator.device, ['coordinator']],
  ['device', 'the vendor', () => phones.vendor.device, ['coordinator', 'vendor']],
  ['step', 'the vendor', () => `${incident.id}/HO-01/1`, all],
  ['impact', 'the vendor', () => `${incident.id}/machines`, all],
  ['availability', 'the vendor', () => `${incident.id}/${phones.vendor.person}`, all],
  ['assignment', 'the vendor', () => `${incident.id}/hoster/${phones.vendor.person}`, all],
  ['approval', 'the vendor', () => `${plan.hash}/hoster`, all],
  ['message', 'the vendor', () => `${incident.id}/m2`, all],
  ['resource', 'the vendor', () => `${incident.id}/r2`, all],
  ['extra-task', 'the vendor', () => `${incident.id}/X-2`, all],
  ['person', 'the vendor', () => phones.vendor.person, all],
  ['conflict', 'the responder, whose report was overruled', () => overruled, ['coordinator', 'responder']],
];

/** The id of the responder's change that the coordinator's overruled. */
let overruled = '';

const extraTask = { phase: 'first', title: 'Swap', owner: 'it', supporting: [], dependsOn: [], target: 10, steps: [] };
const called = { result: 'reached', at, by: null, means: 'phone', note: null };
const training = {
  ...{ type: 'exercise', title: 'Fire', date: '2026-11-23', people: [], roles: ['it'], next: null },
  ...{ notes: '', incident: null },
};
const report = { name: 'p', installed: true, persisted: true, plan: null, appVersion: '1', reportedAt: at };
const risk = { order: 1, salt: 'A'.repeat(22), section: 'risk', id: 'r', title: 'Fire', likelihood: 'low' };

async function fill(): Promise<void> {
  const { coordinator, responder, observer, vendor } = phones;
  const key = (name: string) => `${incident.id}/${name}`;
  const by = [
    responder.make('task', key('IT-01'), taskProgress('done')),
    responder.make('task', key('HO-01'), taskProgress('in-progress')),
    responder.make('step', key('IT-01/1'), { done: true, at, by: null }),
    responder.make('log', key('l1'), logEntry('ours')),
    responder.make('log', key('l2'), logEntry('yours', { role: 'hoster' })),
    responder.make('impact', key('ledger'), { impact: 'down', estimate: null, at, by: null }),
    responder.make('availability', key(responder.person), { within: 'now', until: null }),
    responder.make('assignment', key(`it/${responder.person}`), { since: at, until: null, note: null }),
    responder.make('message', key('m1'), { status: 'draft', text: 'x' }),
    responder.make('resource', key('r1'), { status: 'requested', text: 'x' }),
    responder.make('extra-task', key('X-1'), { ...extraTask, completionTest: '', critical: false, by: null }),
    responder.make('device', responder.device, report),
  ];
  overruled = by[0]?.id ?? '';
  const vendors = [
    vendor.make('step', key('HO-01/1'), { done: true, at, by: null }),
    vendor.make('impact', key('machines'), { impact: 'down', estimate: null, at, by: null }),
    vendor.make('availability', key(vendor.person), { within: 'now', until: null }),
    vendor.make('assignment', key(`hoster/${vendor.person}`), { since: at, until: null, note: null }),
    vendor.make('message', key('m2'), { status: 'draft', text: 'x', role: 'hoster' }),
    vendor.make('resource', key('r2'), { status: 'requested', text: 'x', role: 'hoster' }),
    vendor.make('extra-task', key('X-2'), {
      ...extraTask,
      owner: 'hoster',
      completionTest: '',
      critical: false,
      by: null,
    }),
    vendor.make('device', vendor.device, report),
  ];
  // later than the responder's report, which it overrules
  server.clock.pass(1000);
  const lead = [
    coordinator.make('plan-item', 'shop/risk/r', { ...risk, consequence: 'low', response: '' }),
    coordinator.make('task', key('IT-01'), taskProgress('blocked', { reason: 'not yet' })),
    coordinator.make('approval', `${plan.hash}/hoster`, { decision: 'approved', at, by: null }),
    coordinator.make('approval', `${plan.hash}/lead`, { decision: 'approved', at, by: null }),
    coordinator.make('review', key('rv'), { text: 'x' }),
    coordinator.make('device', coordinator.device, report),
    coordinator.make('contact-test', 'ct1', { startedAt: at, endedAt: null, plan: null, incident: null, by: null }),
    coordinator.make('contact-result', `ct1/${responder.person}`, called),
    coordinator.make('contact-result', `ct1/${vendor.person}`, called),
    coordinator.make('training', 'tr1', training),
  ];
  for (const [phone, changes] of [
    [responder, by],
    [vendor, vendors],
    [coordinator, lead],
  ] as const) {
    const { outcomes } = await phone.sync(changes);
    expect(outcomes.filter(({ outcome }) => outcome === 'refused')).toEqual([]);
  }
  for (const phone of [coordinator, responder, observer, vendor]) {
    Object.assign(phone, { epoch: null, head: null, view: null, cursor: 0 });
    phone.records.clear();
    await phone.sync();
  }
}

describe.each(databases)('on %s', (_name, open) => {
  beforeAll(() => setUp(open));
  afterAll(() => server.close());

  describe('[SEC-19] route x caller', () => {
    it('every route of the server is in the matrix', async () => {
      const { paths } = bodyOf(await server.call({ url: '/api/openapi.json' })) as { paths: Record<string, object> };
      const described = Object.entries(paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
      );
      expect(routes.map(([route]) => route).toSorted()).toEqual(described.toSorted());
    });

    it.each(callers.flatMap((caller) => routes.map(([route]) => ({ caller, route }))))(
      '$route by $caller',
      async ({ caller, route }) => {
        const [, url, body, expected] = routes.find(([name]) => name === route) ?? [];
        if (url === undefined || body === undefined || expected === undefined) throw new Error(route);
        expect(await ask(caller, route, url, body)).toBe(expected[caller] ?? expected.others);
      },
    );
  });

  describe('[SEC-19] [SEC-20] object x level: a pull, a record, its history and the journal agree', () => {
    const journals = new Map<Caller, readonly JournalEntry[]>();

    beforeAll(async () => {
      await fill();
      for (const caller of all) {
        const reply: Reply = await phones[caller].call('GET', '/api/journal?limit=500');
        journals.set(caller, (bodyOf(reply) as { entries: readonly JournalEntry[] }).entries);
      }
    });

    it('every kind has a row', () => {
      expect([...new Set(objects.map(([kind]) => kind))].toSorted()).toEqual(Object.keys(kinds).toSorted());
    });

    it.each(objects.flatMap(([kind, of, key, seenBy]) => all.map((caller) => ({ kind, of, key, caller, seenBy }))))(
      '$kind of $of by $caller',
      async ({ kind, key, caller, seenBy }) => {
        const phone = phones[caller];
        const sees = seenBy.includes(caller);
        const query = `kind=${kind}&key=${encodeURIComponent(key())}`;
        const [record, history] = [
          await phone.call('GET', `/api/records?${query}`),
          await phone.call('GET', `/api/history?${query}`),
        ];
        expect([record.statusCode, history.statusCode]).toEqual(sees ? [200, 200] : [403, 403]);
        expect(phone.records.has(`${kind}/${key()}`)).toBe(sees);
        const listed = journals.get(caller)?.some(({ change }) => change.kind === kind && change.key === key());
        expect(listed).toBe(sees);
      },
    );

    it('[SEC-21] nothing of it is in reach of another workspace, by any call', async () => {
      const { outsider, responder } = phones;
      await outsider.sync();
      const replies = [await outsider.call('GET', '/api/journal'), await outsider.call('GET', '/api/devices')];
      for (const [kind, , key] of objects) {
        const query = `kind=${kind}&key=${encodeURIComponent(key())}`;
        for (const path of ['records', 'history']) {
          const reply = await outsider.call('GET', `/api/${path}?${query}`);
          expect(reply.statusCode, query).toBe(404);
        }
        expect(outsider.records.has(`${kind}/${key()}`)).toBe(false);
      }
      const got = replies.map(({ payload }) => payload).join('');
      expect(got).not.toContain(responder.person);
      expect(got).not.toContain(responder.device);
      expect((await outsider.tryInvite({ person: { id: responder.person } })).statusCode).toBe(404);
      const name = { name: 'taken over', contacts: [] };
      await outsider.sync([outsider.make('person', responder.person, name)]);
      const own = await phones.coordinator.call('GET', `/api/records?kind=person&key=${responder.person}`);
      expect(own.payload).not.toContain('taken over');
    });
  });
});
