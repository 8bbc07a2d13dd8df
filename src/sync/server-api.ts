import * as z from 'zod/mini';
import { accessLevels } from '../domain/access/access.ts';
import type {
  Invite,
  JoinCode,
  KnownDevice,
  KnownInvite,
  KnownNotices,
  KnownReminders,
  QuarantinedChange,
  Reminded,
  ServerApi,
  ServerFault,
} from '../domain/ports/server-api.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { JournalEntry } from '../domain/sync/protocol.ts';
import type { Session, SessionFault } from './session.ts';
import type { Call, Transport } from './transport.ts';

export type ServerApiParts = {
  readonly transport: Transport;
  readonly session: Session;
  /** Ends every call under way when the page goes. */
  readonly signal: () => AbortSignal;
  /** The server said that this device is revoked or unknown: the engine finds out and acts. */
  readonly onUnwelcome: () => void;
};

/** The calls that only a server can answer, each with this page's own session; a token that was refused is renewed once. */
export function createServerApi(parts: ServerApiParts): ServerApi {
  return {
    invite: (request) =>
      ask<Invite>(parts, { method: 'POST', path: '/api/invites', body: () => request, reply: invite }),
    joinCode: (request) =>
      ask<JoinCode>(parts, { method: 'POST', path: '/api/join-codes', body: () => request, reply: joinCode }),
    async invites() {
      const answer = await ask<{ readonly invites: readonly KnownInvite[] }>(parts, {
        method: 'GET',
        path: '/api/invites',
        reply: invites,
      });
      return answer.ok ? ok(answer.value.invites) : answer;
    },
    withdraw: (id) =>
      ask<void>(parts, { method: 'DELETE', path: `/api/invites/${encodeURIComponent(id)}`, reply: z.undefined() }),
    async devices() {
      const answer = await ask<{ readonly devices: readonly KnownDevice[] }>(parts, {
        method: 'GET',
        path: '/api/devices',
        reply: devices,
      });
      return answer.ok ? ok(answer.value.devices) : answer;
    },
    revoke: (device, mode) =>
      ask<void>(parts, {
        method: 'DELETE',
        path: `${pathOf(device)}?mode=${mode}`,
        reply: z.undefined(),
      }),
    approve: (device) => ask<void>(parts, { method: 'POST', path: `${pathOf(device)}/approve`, reply: z.undefined() }),
    async quarantine(device) {
      const answer = await ask<{ readonly changes: readonly QuarantinedChange[] }>(parts, {
        method: 'GET',
        path: `${pathOf(device)}/quarantine`,
        reply: quarantine,
      });
      return answer.ok ? ok(answer.value.changes) : answer;
    },
    reminders: () => ask<KnownReminders>(parts, { method: 'GET', path: '/api/reminders', reply: reminders }),
    async remind(request) {
      const path = '/api/reminders';
      const answer = await ask<Results>(parts, { method: 'POST', path, body: () => request, reply: results });
      return answer.ok ? ok(answer.value.results) : answer;
    },
    async reminded(request) {
      const path = `/api/reminders/${encodeURIComponent(request)}`;
      const answer = await ask<Results>(parts, { method: 'GET', path, reply: results });
      return answer.ok ? ok(answer.value.results) : answer;
    },
    notices: () => ask<KnownNotices>(parts, { method: 'GET', path: noticesPath, reply: notices }),
    takeNotices: (subscription) =>
      ask<void>(parts, { method: 'POST', path: noticesPath, body: () => subscription, reply: z.undefined() }),
    endNotices: () => ask<void>(parts, { method: 'DELETE', path: noticesPath, reply: z.undefined() }),
    async history(kind, key) {
      const path = `/api/history?${new URLSearchParams({ kind, key }).toString()}`;
      const answer = await ask<{ readonly entries: readonly JournalEntry[] }>(parts, {
        method: 'GET',
        path,
        reply: history,
      });
      return answer.ok ? ok(answer.value.entries) : answer;
    },
  };
}

const joinCode = z.looseObject({
  code: z.string(),
  id: z.string(),
  person: z.string(),
  access: z.optional(z.enum(accessLevels)),
  roles: z.optional(z.array(z.string())),
  expiresAt: z.string(),
});
const invite = z.extend(joinCode, { url: z.string() });
const invites = z.looseObject({
  invites: z.array(
    z.looseObject({ id: z.string(), kind: z.enum(['link', 'radio']), person: z.string(), state: z.string() }),
  ),
});
const devices = z.looseObject({
  devices: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      person: z.string(),
      weakKey: z.boolean(),
      enrolledAt: z.string(),
      lastSeenAt: z.nullable(z.string()),
      revoked: z.nullable(z.enum(['lost', 'leaver'])),
      needsApproval: z.optional(z.boolean()),
      quarantined: z.optional(z.int()),
    }),
  ),
});
const quarantine = z.looseObject({
  changes: z.array(
    z.looseObject({
      id: z.nullable(z.string()),
      device: z.nullable(z.string()),
      kind: z.nullable(z.string()),
      key: z.nullable(z.string()),
      value: z.optional(z.unknown()),
      reason: z.looseObject({ code: z.string(), message: z.string() }),
      at: z.string(),
    }),
  ),
});
const reminders = z.looseObject({
  ways: z.array(z.string()),
  people: z.array(z.looseObject({ person: z.string(), ways: z.array(z.string()) })),
  latest: z.array(
    z.looseObject({ person: z.string(), way: z.string(), at: z.string(), by: z.string(), result: z.string() }),
  ),
});
type Results = { readonly results: readonly Reminded[] };
const results = z.looseObject({
  results: z.array(z.looseObject({ person: z.string(), way: z.nullable(z.string()), result: z.string() })),
});
const noticesPath = '/api/push-subscriptions';
const notices = z.looseObject({ key: z.nullable(z.string()), endpoint: z.nullable(z.string()) });
const author = z.looseObject({ person: z.nullable(z.string()), device: z.string() });
const entry = z.looseObject({
  seq: z.int(),
  change: z.looseObject({ id: z.string(), kind: z.string(), key: z.string(), value: z.unknown() }),
  stamp: z.string(),
  outcome: z.enum(['applied', 'superseded']),
  author,
  at: z.string(),
  hash: z.string(),
  salt: z.string(),
});
const history = z.looseObject({ entries: z.array(entry) });

function pathOf(device: string): string {
  return `/api/devices/${encodeURIComponent(device)}`;
}

/** The schemas check the shape; `T` adds the brands and readonly marks of the same shape. */
export async function ask<T>(
  parts: ServerApiParts,
  call: Omit<Call<unknown>, 'token' | 'signal'>,
): Promise<Result<T, ServerFault>> {
  for (let renewed = false; ; renewed = true) {
    const signal = parts.signal();
    const token = await parts.session.token(signal);
    if (!token.ok) return err(refusal(parts, token.error));
    const answer = await parts.transport.call({ ...call, token: token.value, signal });
    if (answer.ok) return ok(answer.value.value as T);
    if (answer.error.tag !== 'problem' || answer.error.status !== 401 || renewed)
      return err(refusal(parts, answer.error));
    parts.session.drop(token.value);
  }
}

function refusal(parts: ServerApiParts, fault: SessionFault): ServerFault {
  if (fault.tag !== 'problem') return { tag: 'no-answer' };
  if (fault.status === 401) parts.onUnwelcome();
  return { tag: 'refused', status: fault.status, code: fault.code, detail: fault.detail };
}
