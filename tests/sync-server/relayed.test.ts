import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signedText } from '../../src/domain/sync/bundle.ts';
import type { SentChange, SyncReply } from '../../src/domain/sync/protocol.ts';
import { incidentValue, logEntry, planVersion } from '../support/sample-plan.ts';
import { joinByHttp, setUpByHttp, type HttpPhone } from './support/http-phone.ts';
import { bodyOf, openServer, refusalOf, type TestServer } from './support/open-server.ts';

let server: TestServer;
let lead: HttpPhone;
let author: HttpPhone;
let relay: HttpPhone;
const plan = planVersion();
const incident = incidentValue(plan.hash);

beforeEach(async () => {
  server = await openServer();
  lead = await setUpByHttp(server);
  await lead.sync([
    lead.make('plan-version', plan.hash, plan.value),
    lead.make('incident', incident.id, incident.value),
  ]);
  author = await joinByHttp(lead, 'responder');
  relay = await joinByHttp(lead, 'responder');
});
afterEach(() => server.close());

type Signed = Readonly<Record<string, unknown>> & { readonly changes: readonly SentChange[] };

/** A bundle as any program written against protocol.md makes it. */
function sign(phone: HttpPhone, changes: readonly SentChange[], more: object = {}): Signed {
  const { clientNow, line } = phone.request();
  const rest = { device: phone.device, publicKey: phone.key, clientNow, line, changes, ...more };
  return { ...rest, age: 0, signature: phone.sign(signedText(rest)) };
}

async function verdicts(bundles: readonly unknown[], by = relay): Promise<readonly (readonly unknown[])[]> {
  const reply = await by.push([], { relayed: bundles });
  expect(reply.statusCode, reply.payload).toBe(200);
  return (bodyOf(reply) as unknown as SyncReply).outcomes.map(({ id, outcome, reason }) => [
    id,
    reason?.code ?? outcome,
  ]);
}

const note = (phone: HttpPhone, name: string) => phone.make('log', `${incident.id}/${name}`, logEntry(name));

describe('relayed bundles', () => {
  it('[REL-15] a bundle is taken once, by whoever brings it, and again gives the same verdict', async () => {
    const change = note(author, 'l1');
    const bundle = sign(author, [change]);
    expect(await verdicts([bundle])).toEqual([[change.id, 'applied']]);
    expect(await verdicts([bundle, bundle], lead)).toEqual([
      [change.id, 'applied'],
      [change.id, 'applied'],
    ]);
    expect((await author.send([change])).outcomes).toMatchObject([{ id: change.id, outcome: 'applied' }]);
    const history = await lead.call('GET', `/api/history?kind=log&key=${incident.id}/l1`);
    expect(bodyOf(history)).toMatchObject({ entries: [{ author: { device: author.device, person: author.person } }] });
  });

  it('[BUNDLE-13] age goes on after the signature, and further fields are signed with the rest', async () => {
    const change = note(author, 'l1');
    const bundle = sign(author, [change], { later: { field: ['é', 1e21] }, person: author.person });
    expect(await verdicts([{ ...bundle, age: 5_000 }])).toEqual([[change.id, 'applied']]);
    const next = note(author, 'l2');
    expect(await verdicts([{ ...sign(author, [next], { later: 1 }), later: 2 }])).toEqual([[next.id, 'forbidden']]);
  });

  it('[BUNDLE-19] a bundle that was altered anywhere is refused whole, and its true form is taken afterwards', async () => {
    const change = note(author, 'l1');
    const bundle = sign(author, [change]);
    const other = { ...change, value: logEntry('forged') };
    const { clientNow } = lead.request();
    const [last = ''] = String(bundle['signature']).slice(-1);
    const altered: readonly object[] = [
      { ...bundle, changes: [other] },
      { ...bundle, changes: [change, note(author, 'l2')] },
      { ...bundle, line: 7 },
      { ...bundle, clientNow: clientNow.replace('2026', '2025') },
      { ...bundle, signature: `${String(bundle['signature']).slice(0, -1)}${last === 'A' ? 'E' : 'A'}` },
      { ...bundle, signature: 'short' },
      { ...bundle, publicKey: relay.key },
      { ...bundle, device: relay.device },
      { ...bundle, device: relay.device, publicKey: relay.key },
      { ...sign(relay, [change]), device: author.device },
      { ...sign(relay, [change]), device: author.device, publicKey: author.key },
      { ...bundle, age: -1 },
      { ...bundle, age: undefined },
      { changes: [change] },
    ];
    for (const each of altered) {
      const given = await verdicts([each]);
      expect(given[0], JSON.stringify(each)).toEqual([change.id, 'forbidden']);
    }
    expect(await verdicts([bundle])).toEqual([[change.id, 'applied']]);
  });

  it('[SEC-21] a device that is not of this workspace has no say here', async () => {
    const stranger = await setUpByHttp(server, 'Others');
    const change = note(stranger, 'l1');
    expect(await verdicts([sign(stranger, [change])])).toEqual([[change.id, 'forbidden']]);
  });

  it('[SEC-8] a phone that was reported lost has no say any more, by any way', async () => {
    const change = note(author, 'l1');
    const bundle = sign(author, [change]);
    await lead.call('DELETE', `/api/devices/${author.device}?mode=lost`);
    expect(await verdicts([bundle])).toEqual([[change.id, 'forbidden']]);
  });

  it('[SEC-18] bundles count against the limits, and nesting without end brings nothing down', async () => {
    const many = Array.from({ length: 501 }, (_, at) => note(author, `l${String(at)}`));
    const tooMany = await relay.push([], {
      relayed: [sign(author, many.slice(0, 300)), sign(author, many.slice(300))],
    });
    expect(refusalOf(tooMany)).toEqual([413, 'too-large']);
    const empty = await relay.push([], { relayed: Array.from({ length: 501 }, () => ({ changes: [] })) });
    expect(refusalOf(empty)).toEqual([413, 'too-large']);
    expect(refusalOf(await relay.push([], { relayed: 'all' }))).toEqual([400, 'invalid-request']);
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const body = JSON.stringify({ ...relay.request(), relayed: [{ ...sign(author, [note(author, 'd')]), later: 0 }] });
    const payload = body.replace('"later":0', `"later":${deep}`);
    const reply = await relay.call('POST', '/api/sync', { payload, headers: { 'content-type': 'application/json' } });
    expect(reply.statusCode).toBe(200);
    expect(bodyOf(reply)).toMatchObject({ outcomes: [{ outcome: 'refused' }] });
  });
});
