import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { LookupAddress } from 'node:dns';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../sync-server/config.ts';
import { isPublicAddress, lookupPublic } from '../../sync-server/public-address.ts';
import { readPushHosts, reachOf, usualPushHosts } from '../../sync-server/push-hosts.ts';
import { newVapidKey, vapidPublicKey } from '../../sync-server/vapid-key.ts';
import { openPushReceiver, sampleSubscription, type PushReceiver } from '../support/push-receiver.ts';
import { HttpPhone, joinByHttp, setUpByHttp } from './support/http-phone.ts';
import { bodyOf, openServer, type TestServer } from './support/open-server.ts';
import { buildServerProcess, freePort, runServer, startServer, type ServerProcess } from './support/server-process.ts';

describe('where the server sends notifications', () => {
  const reach = (hosts: string, endpoint: string) => {
    const read = readPushHosts(hosts);
    if (!read.ok) throw new Error(read.error);
    return reachOf(read.value, endpoint);
  };

  it.each([
    ['https://fcm.googleapis.com/fcm/send/abc', 'public'],
    ['https://web.push.apple.com/abc', 'public'],
    ['https://wns2-par02p.notify.windows.com/w/?token=x', 'public'],
    ['https://updates.push.services.mozilla.com/wpush/v2/x', 'public'],
    ['http://fcm.googleapis.com/x', null],
    ['https://fcm.googleapis.com:8443/x', null],
    ['https://user:x@fcm.googleapis.com/x', null],
    ['https://fcm.googleapis.com.evil.example/x', null],
    ['https://evil.example/fcm.googleapis.com', null],
    ['https://push.apple.com/x', null],
    ['https://evilpush.apple.com/x', null],
    ['https://127.0.0.1/x', null],
    ['https://[::1]/x', null],
    ['file:///etc/passwd', null],
    ['no address', null],
  ])('[SEC-17] by default at the push services of browsers only: %s is %s', (endpoint, expected) => {
    expect(reach(usualPushHosts, endpoint)).toBe(expected);
  });

  it('[SEC-17] a host with a port is just that host and port', () => {
    expect(reach('push.example.org:8443', 'https://push.example.org:8443/x')).toBe('named');
    expect(reach('push.example.org:8443', 'https://push.example.org/x')).toBeNull();
  });

  it.each(['', 'https://push.example.org', '10.0.0.1', '*', '*.', 'a b', 'push.example.org/x'])(
    '[SEC-25] PUSH_HOSTS=%j is refused',
    (hosts) => {
      expect(readPushHosts(hosts)).toMatchObject({
        ok: false,
        error: expect.stringMatching(/^PUSH_HOSTS must/) as string,
      });
    },
  );

  it.each([
    ['8.8.8.8', true],
    ['142.250.74.42', true],
    ['2a00:1450:400f:80d::200a', true],
    ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254', '100.64.0.1'].map(
      (address) => [address, false] as const,
    ),
    ...['0.0.0.0', '224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1'].map(
      (address) => [address, false] as const,
    ),
    ...['::ffff:127.0.0.1', '::ffff:8.8.8.8', '64:ff9b::a00:1', '2002:7f00:1::', '2001:db8::1', '2001::1'].map(
      (address) => [address, false] as const,
    ),
  ] as const)('[SEC-17] an address of the internet or not: %s %s', (address, isPublic) => {
    expect(isPublicAddress(address)).toBe(isPublic);
  });

  it('[SEC-17] a name that leads to this machine is not connected to, whatever the name', async () => {
    const found = await new Promise<NodeJS.ErrnoException | string | LookupAddress[]>((resolve) => {
      lookupPublic('localhost', { all: true }, (error, addresses) => resolve(error ?? addresses));
    });
    expect(found).toMatchObject({ code: 'EPRIVATE' });
  });
});

describe('the keys of web push', () => {
  it('[SEC-25] a key is as the console makes it, and key and subject belong together', () => {
    for (let at = 0; at < 300; at += 1) expect(vapidPublicKey(newVapidKey())).toMatch(/^B[A-Za-z0-9_-]{86}$/);
    for (const wrong of ['', 'A'.repeat(43), '_'.repeat(43), 'A'.repeat(42), `${'A'.repeat(42)}=`])
      expect(vapidPublicKey(wrong)).toBeNull();
    const key = newVapidKey();
    expect(readConfig({ VAPID_PRIVATE_KEY: key, VAPID_SUBJECT: 'mailto:a@example.org' })).toMatchObject({
      value: { push: { publicKey: vapidPublicKey(key), subject: 'mailto:a@example.org' } },
    });
    const faults: readonly (readonly [Record<string, string>, RegExp])[] = [
      [{ VAPID_PRIVATE_KEY: key }, /^VAPID_SUBJECT is missing/],
      [{ VAPID_SUBJECT: 'mailto:a@example.org' }, /^VAPID_SUBJECT alone/],
      [{ VAPID_PRIVATE_KEY: `${key}x`, VAPID_SUBJECT: 'mailto:a@example.org' }, /^VAPID_PRIVATE_KEY must/],
      [{ VAPID_PRIVATE_KEY: key, VAPID_SUBJECT: 'a@example.org' }, /^VAPID_SUBJECT must/],
    ];
    for (const [env, words] of faults) {
      const read = readConfig(env);
      expect(read.ok ? '' : read.error).toMatch(words);
      expect(read.ok ? key : read.error).not.toContain(key);
    }
  });
});

describe('the subscription of a device', () => {
  let server: TestServer;
  let lead: HttpPhone;
  afterEach(() => server.close());
  const post = (payload: object, phone = lead) => phone.call('POST', '/api/push-subscriptions', { payload });
  const shown = async (phone = lead) => bodyOf(await phone.call('GET', '/api/push-subscriptions'));

  it('[PUSH-1] is its own only, replaced by the next, and gone with the device', async () => {
    server = await openServer();
    lead = await setUpByHttp(server);
    const kim = await joinByHttp(lead, 'responder');
    expect(await shown()).toEqual({ key: expect.stringMatching(/^B/) as string, endpoint: null });
    expect((await post(sampleSubscription)).statusCode).toBe(204);
    const next = { ...sampleSubscription, endpoint: 'https://localhost:9/push/next' };
    expect((await post(next)).statusCode).toBe(204);
    expect((await post(sampleSubscription, kim)).statusCode).toBe(204);
    expect(await shown()).toMatchObject({ endpoint: next.endpoint });
    expect(await shown(kim)).toMatchObject({ endpoint: sampleSubscription.endpoint });
    const people = async () =>
      (bodyOf(await lead.call('GET', '/api/reminders')) as { people: readonly { person: string }[] }).people.map(
        ({ person }) => person,
      );
    expect(new Set(await people())).toEqual(new Set([lead.person, kim.person]));
    expect((await lead.call('DELETE', '/api/push-subscriptions')).statusCode).toBe(204);
    expect(await shown()).toMatchObject({ endpoint: null });
    await lead.call('DELETE', `/api/devices/${kim.device}?mode=leaver`);
    expect(await people()).toEqual([]);
    expect(await server.journal.pushes.endpointOf(kim.device)).toBeNull();
    const lee = await joinByHttp(lead, 'responder');
    await post(sampleSubscription, lee);
    await lead.call('DELETE', `/api/people/${lee.person}`);
    expect(await server.journal.pushes.endpointOf(lee.device)).toBeNull();
  });

  it('[SEC-17] leads nowhere but to a push service that is allowed', async () => {
    server = await openServer();
    lead = await setUpByHttp(server);
    for (const endpoint of [
      'https://127.0.0.1/x',
      'https://localhost/x',
      'http://localhost:9/x',
      'https://a@localhost:9/',
    ])
      expect((await post({ ...sampleSubscription, endpoint })).statusCode, endpoint).toBe(400);
    const off = { ...sampleSubscription.keys, p256dh: `B${'A'.repeat(86)}` };
    expect((await post({ ...sampleSubscription, keys: off })).statusCode).toBe(400);
  });
});

describe('a notification, by the real server to a real push service', () => {
  let folder: string;
  let running: ServerProcess | null = null;
  let receiver: PushReceiver;

  beforeAll(buildServerProcess, 120_000);
  afterEach(async () => {
    await running?.stop('SIGKILL');
    await receiver.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start() {
    folder = mkdtempSync(join(tmpdir(), 'holdfast-push-'));
    receiver = await openPushReceiver();
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, receiver.cert);
    const env = { PORT: await freePort(), DATA_DIR: join(folder, 'data') };
    const made = await runServer(env, 'vapid-key');
    const key = /^VAPID_PRIVATE_KEY=(\S+)$/m.exec(made.out)?.[1] ?? '';
    running = await startServer({
      ...env,
      VAPID_PRIVATE_KEY: key,
      VAPID_SUBJECT: 'mailto:admin@example.org',
      PUSH_HOSTS: receiver.host,
      NODE_EXTRA_CA_CERTS: ca,
    });
    const lead = new HttpPhone(running.asServer());
    await lead.enrol(/\/join#(\S+)/.exec(running.printed)?.[1] ?? '', { name: 'Ana' });
    return { lead, publicKey: vapidPublicKey(key) ?? '' };
  }

  async function remind(lead: HttpPhone, person: string) {
    const request = `r-${person.slice(-12)}`;
    const people = [{ person, points: ['card', 'test'] }];
    await lead.call('POST', '/api/reminders', { payload: { request, people } });
    for (;;) {
      const reply = await lead.call('GET', `/api/reminders/${request}`);
      const { results } = bodyOf(reply) as { results: readonly { result: string }[] };
      if (results.every(({ result }) => result !== 'waiting')) return results;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('[PUSH-2] arrives encrypted for the device and signed by the server; what is gone is forgotten; no redirect is followed', async () => {
    const { lead, publicKey } = await start();
    const [kim, gone, busy, moved] = [
      await joinByHttp(lead, 'responder'),
      await joinByHttp(lead, 'responder'),
      await joinByHttp(lead, 'responder'),
      await joinByHttp(lead, 'responder'),
    ];
    for (const [phone, path] of [
      [kim, 'kim'],
      [gone, '410'],
      [busy, '503'],
      [moved, '302'],
    ] as const)
      await phone.call('POST', '/api/push-subscriptions', { payload: receiver.subscription(path) });

    expect(await remind(lead, kim.person)).toMatchObject([{ way: 'push', result: 'sent' }]);
    const [push] = receiver.received;
    expect(JSON.parse(push?.text ?? '')).toEqual({
      title: 'Your phone is not ready yet',
      body: 'Please read your card, test your phone.',
    });
    expect(push?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', ttl: '86400' });
    expect(isSigned(push?.headers.authorization ?? '', publicKey, `https://${receiver.host}`)).toBe(true);

    expect(await remind(lead, gone.person)).toMatchObject([{ result: 'refused' }]);
    expect(bodyOf(await gone.call('GET', '/api/push-subscriptions'))).toMatchObject({ endpoint: null });
    expect(await remind(lead, busy.person)).toMatchObject([{ result: 'failed' }]);
    expect(bodyOf(await busy.call('GET', '/api/push-subscriptions'))).not.toMatchObject({ endpoint: null });
    expect(await remind(lead, moved.person)).toMatchObject([{ result: 'failed' }]);
    expect(receiver.received.map(({ path }) => path)).toEqual(['/kim', '/410', '/503', '/302']);
    expect((await running?.stop())?.code).toBe(0);
  });
});

/** RFC 8292: a token for this push service, by the key that browsers were given. */
function isSigned(authorization: string, publicKey: string, audience: string): boolean {
  const [, head = '', claims = '', signature = '', key] =
    /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  const point = Buffer.from(publicKey, 'base64url');
  const x = point.subarray(1, 33).toString('base64url');
  const y = point.subarray(33).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x, y };
  const { aud, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aud: string; sub: string };
  const by = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' as const };
  return (
    key === publicKey &&
    aud === audience &&
    sub === 'mailto:admin@example.org' &&
    verify('sha256', Buffer.from(`${head}.${claims}`), by, Buffer.from(signature, 'base64url'))
  );
}
