import { randomBytes, webcrypto } from 'node:crypto';
import type { AccessLevel } from '../../../src/domain/access/access.ts';
import type { DeviceId, PersonId } from '../../../src/domain/ids.ts';
import type { Json } from '../../../src/domain/json.ts';
import { base64url } from '../../../src/domain/sync/base64url.ts';
import { canonicalJson } from '../../../src/domain/sync/canonical-json.ts';
import { deviceId, type PublicKey } from '../../../src/domain/sync/device-id.ts';
import { newClock, newRun, receive, tick } from '../../../src/domain/sync/hybrid-clock.ts';
import type { JournalEntry, SentChange, SyncedRecord, SyncReply } from '../../../src/domain/sync/protocol.ts';
import { enrolMessage, sessionMessage } from '../../../src/domain/sync/signing.ts';
import { uuid7, uuid7Bytes } from '../../../src/domain/sync/uuid7.ts';
import { instant } from '../../../src/domain/time.ts';
import { parseJoinLink } from '../../../src/sync/parse-join-link.ts';

export type Record = { readonly kind: string; readonly key: string; readonly value: Json };
export type Invited = { readonly code: string; readonly url: string; readonly person: PersonId };

/** An enrolled device without a screen: speaks protocol.md over HTTP, with no line of the app's own sync code. */
export type ApiDevice = {
  readonly device: DeviceId;
  readonly person: PersonId;
  readonly invite: (
    person: string | { readonly id: PersonId },
    access: AccessLevel,
    roles?: readonly string[],
  ) => Promise<Invited>;
  /** Sends changes in as few pushes as the protocol allows; throws unless the server applied every one. */
  readonly write: (records: readonly Record[]) => Promise<void>;
  /** Pulls all there is and gives the winners by `kind/key`. */
  readonly pull: () => Promise<ReadonlyMap<string, SyncedRecord>>;
  /** Takes every device of a person out. */
  readonly revoke: (person: PersonId, mode: 'lost' | 'leaver') => Promise<void>;
  readonly history: (kind: string, key: string) => Promise<readonly JournalEntry[]>;
  /** Makes changes that it does not send, and gives them as a hand-over (protocol.md, Bundles). */
  readonly handOver: (records: readonly Record[]) => Promise<string>;
};

type Call = (method: string, path: string, body?: object) => Promise<unknown>;

/** Burns a setup code or an invitation. */
export async function enrolDevice(origin: string, linkOrCode: string, name: string | null = null): Promise<ApiDevice> {
  const code = parseJoinLink(linkOrCode);
  if (code === null) throw new Error('this is no code');
  const { publicKey, sign } = await newKey();
  const reply = (await send(origin, null, 'POST', '/api/enrol', {
    code,
    publicKey,
    device: { name: 'Script' },
    ...(name === null ? {} : { person: { name } }),
    weakKey: false,
    signature: await sign(enrolMessage(origin, code)),
  })) as { readonly person: PersonId; readonly workspace: { readonly id: string } };
  const device = deviceId(publicKey);
  let token: string | null = null;
  const call: Call = async (method, path, body) => {
    token ??= await signIn(origin, device, sign);
    try {
      return await send(origin, token, method, path, body);
    } catch (error) {
      // a server that was started anew knows none of its tokens
      if (!String(error).includes('token-refused')) throw error;
      token = await signIn(origin, device, sign);
      return send(origin, token, method, path, body);
    }
  };
  const { person, workspace } = reply;
  const { make, line, ...records } = recordsOf(call, device);
  const handOver = async (drafts: readonly Record[]) => {
    const packedAt = instant(Date.now());
    const changes = drafts.map(make);
    const rest = { device, publicKey, person, workspace: workspace.id, clientNow: packedAt, line: line(), changes };
    const bundle = { ...rest, age: 0, signature: await sign(canonicalJson(rest)) };
    return JSON.stringify({ format: 'holdfast-bundle/1', workspace: workspace.id, packedAt, bundles: [bundle] });
  };
  return { device, person, handOver, ...records, ...askingOf(call) };
}

function askingOf(call: Call): Pick<ApiDevice, 'invite' | 'history' | 'revoke'> {
  return {
    async invite(person, access, roles = []) {
      const who = typeof person === 'string' ? { name: person } : person;
      return (await call('POST', '/api/invites', { person: who, access, roles, expiresInDays: 7 })) as Invited;
    },
    async revoke(person, mode) {
      const { devices } = (await call('GET', '/api/devices')) as {
        readonly devices: readonly { readonly id: string; readonly person: string }[];
      };
      for (const device of devices.filter((each) => each.person === person))
        await call('DELETE', `/api/devices/${device.id}?mode=${mode}`);
    },
    async history(kind, key) {
      const query = new URLSearchParams({ kind, key }).toString();
      const { entries } = (await call('GET', `/api/history?${query}`)) as { readonly entries: readonly JournalEntry[] };
      return entries;
    },
  };
}

type Making = { readonly make: (record: Record) => SentChange; readonly line: () => number };

function recordsOf(call: Call, device: DeviceId): Pick<ApiDevice, 'write' | 'pull'> & Making {
  const records = new Map<string, SyncedRecord>();
  let at: Pick<SyncReply, 'epoch' | 'head' | 'view' | 'cursor'> | null = null;
  let clock = newClock;
  let run = newRun;
  let n = 0;

  const make = ({ kind, key, value }: Record): SentChange => {
    const shown = records.get(`${kind}/${key}`);
    const ticked = tick(clock, run, { wall: Date.now(), monotonic: performance.now() }, device);
    clock = ticked.clock;
    run = ticked.run;
    n += 1;
    const id = uuid7(Date.now(), randomBytes(uuid7Bytes));
    const { stamp, wall, line } = ticked;
    return {
      id,
      n,
      kind,
      key,
      value,
      base: shown?.change ?? null,
      seen: shown?.stamp ?? null,
      stamp,
      wall,
      line,
      v: 1,
    };
  };
  const sync = async (changes: readonly SentChange[]): Promise<SyncReply> => {
    const reply = (await call('POST', '/api/sync', {
      protocol: 1,
      clientNow: instant(Date.now()),
      line: clock.line,
      epoch: at?.epoch ?? null,
      head: at?.head ?? null,
      view: at?.view ?? null,
      cursor: at?.cursor ?? 0,
      limit: 500,
      last: false,
      changes,
    })) as SyncReply;
    if (reply.reset) records.clear();
    for (const record of reply.records) {
      records.set(`${record.kind}/${record.key}`, record);
      clock = receive(clock, record.stamp);
    }
    at = reply;
    return reply;
  };
  const pull = async () => {
    for (let reply = await sync([]); reply.more;) reply = await sync([]);
    return records;
  };
  return {
    make,
    line: () => clock.line,
    pull,
    async write(drafts) {
      await pull();
      for (let from = 0; from < drafts.length; from += 500) {
        const { outcomes } = await sync(drafts.slice(from, from + 500).map(make));
        const odd = outcomes.find(({ outcome }) => outcome !== 'applied');
        if (odd !== undefined) throw new Error(`not applied: ${JSON.stringify(odd)}`);
      }
    },
  };
}

type Sign = (message: string) => Promise<string>;

async function newKey(): Promise<{ readonly publicKey: PublicKey; readonly sign: Sign }> {
  const pair = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const { x = '', y = '' } = await webcrypto.subtle.exportKey('jwk', pair.publicKey);
  return {
    publicKey: { kty: 'EC', crv: 'P-256', x, y },
    async sign(message) {
      const bytes = new TextEncoder().encode(message);
      const signature = await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, bytes);
      return base64url(new Uint8Array(signature));
    },
  };
}

async function signIn(origin: string, device: DeviceId, sign: Sign): Promise<string> {
  const { nonce } = (await send(origin, null, 'POST', '/api/session/challenge', { device })) as { nonce: string };
  const signature = await sign(sessionMessage(origin, device, nonce));
  const session = (await send(origin, null, 'POST', '/api/session', { device, nonce, signature })) as { token: string };
  return session.token;
}

async function send(
  origin: string,
  token: string | null,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const response = await fetch(origin + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${await response.text()}`);
  return response.status === 204 ? undefined : response.json();
}
