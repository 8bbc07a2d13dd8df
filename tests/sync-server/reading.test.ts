import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chainStart } from '../../src/domain/sync/hash-chain.ts';
import { verifyEntry } from '../support/verify-entry.ts';
import type { JournalEntry } from '../../src/domain/sync/protocol.ts';
import { incidentValue, logEntry, planVersion, taskProgress } from '../support/sample-plan.ts';
import { setUpByHttp, type HttpPhone } from './support/http-phone.ts';
import { bodyOf, openServer, refusalOf, type TestServer } from './support/open-server.ts';

let server: TestServer;
let lead: HttpPhone;
const plan = planVersion();
const incident = incidentValue(plan.hash);
const elsewhere = 'fedcba9876543210';

beforeEach(async () => {
  server = await openServer();
  lead = await setUpByHttp(server);
});
afterEach(() => server.close());

type Entries = { readonly entries: readonly JournalEntry[]; readonly after: number; readonly more: boolean };
const journal = async (query: string) => bodyOf(await lead.call('GET', `/api/journal?${query}`)) as Entries;

describe('GET /api/records and /api/history', () => {
  it('[HISTORY] one record as it stands, and all that it was, oldest first, in the fields of the protocol', async () => {
    await lead.sync([lead.make('task', 'i/T-1', taskProgress('in-progress'))]);
    await lead.sync([lead.edit('task', 'i/T-1', taskProgress('done'))]);
    const record = await lead.call('GET', '/api/records?kind=task&key=i%2FT-1');
    expect(bodyOf(record)).toEqual(lead.records.get('task/i/T-1'));
    const { entries } = bodyOf(await lead.call('GET', '/api/history?kind=task&key=i/T-1')) as Entries;
    expect(entries.map(({ change }) => (change.value as { status: string }).status)).toEqual(['in-progress', 'done']);
    const fields = ['at', 'author', 'change', 'hash', 'outcome', 'salt', 'seq', 'stamp'];
    expect(Object.keys(entries[0] ?? {}).toSorted()).toEqual(fields);
  });

  it('[HISTORY] plan versions that are not paged can be read one by one', async () => {
    await lead.sync([lead.make('plan-version', plan.hash, plan.value)]);
    const reply = await lead.call('GET', `/api/records?kind=plan-version&key=${plan.hash}`);
    expect(bodyOf(reply)['value']).toEqual(plan.value);
  });

  it.each(['/api/records', '/api/history'])(
    '[HISTORY] %s: what is not there is 404, half a question 400',
    async (url) => {
      expect(refusalOf(await lead.call('GET', `${url}?kind=task&key=i%2Fnone`))).toEqual([404, 'not-found']);
      expect(refusalOf(await lead.call('GET', `${url}?kind=no-such-kind&key=x`))).toEqual([404, 'not-found']);
      for (const query of ['', '?kind=task', '?key=x', '?kind=&key=', `?kind=task&key=${'x'.repeat(300)}`])
        expect(refusalOf(await lead.call('GET', `${url}${query}`))).toEqual([400, 'invalid-request']);
    },
  );
});

describe('GET /api/journal', () => {
  it('[JOURNAL] pages of accepted changes in commit order, of one incident or of all, chained by their hashes', async () => {
    await lead.sync([lead.make('plan-version', plan.hash, plan.value)]);
    await lead.sync([lead.make('incident', incident.id, incident.value)]);
    const logs = (of: string) => [1, 2, 3].map((at) => lead.make('log', `${of}/l${String(at)}`, logEntry('x')));
    await lead.sync([...logs(incident.id), ...logs(elsewhere)]);
    const keys: string[] = [];
    for (let page: Entries = { entries: [], after: 0, more: true }; page.more;) {
      page = await journal(`incident=${incident.id}&after=${String(page.after)}&limit=2`);
      expect(page.entries.length).toBeLessThanOrEqual(2);
      keys.push(...page.entries.map(({ change }) => change.key));
    }
    expect(keys).toEqual([incident.id, ...['l1', 'l2', 'l3'].map((each) => `${incident.id}/${each}`)]);
    let previous = chainStart((await server.journal.head(lead.session.workspace)).epoch);
    for (const entry of (await journal('')).entries) {
      expect(verifyEntry(previous, entry)).toBe(true);
      previous = entry.hash;
    }
    expect(previous).toBe((await server.journal.head(lead.session.workspace)).head.hash);
  });

  it('[JOURNAL] a limit over 500 counts as 500, and a page of long values ends before it is too large', async () => {
    const many = Array.from({ length: 500 }, (_, at) => lead.make('log', `i/l${String(at)}`, logEntry('x')));
    await lead.sync(many);
    expect((await journal('limit=100000')).entries).toHaveLength(500);
    const long = Array.from({ length: 120 }, (_, at) =>
      lead.make('review', `i/r${String(at)}`, { text: 'z'.repeat(60_000) }),
    );
    await lead.sync(long);
    const { entries, more, after } = await journal(`after=${String(many.length + 2)}`);
    expect(more).toBe(true);
    expect(JSON.stringify(entries).length).toBeLessThan(5 * 1024 * 1024);
    const rest = await journal(`after=${String(after)}`);
    expect(entries.length + rest.entries.length).toBe(long.length);
  });

  it.each(['limit=0', 'limit=-1', 'limit=1e3', 'after=-1', 'after=x', 'incident=T-1', 'after=1&after=2'])(
    '[SEC-18] ?%s is refused',
    async (query) => {
      expect(refusalOf(await lead.call('GET', `/api/journal?${query}`))).toEqual([400, 'invalid-request']);
    },
  );
});
