import { gzipSync } from 'node:zlib';
import type { InjectOptions } from 'fastify';
import { kinds } from '../../../../src/domain/sync/kinds.ts';
import { sampleSubscription } from '../../../support/push-receiver.ts';
import type { HttpPhone } from '../http-phone.ts';
import { Draw } from './draw.ts';
import { sample, type Sampler, type Schema } from './from-schema.ts';
import type { FuzzTeam } from './fuzz-team.ts';
import { asText, hostileText, hostileValue, spoil } from './hostile-values.ts';

type Parameter = { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: Schema };

/** An operation of openapi.json. */
export type Route = {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | null;
  /** Problem codes that it says it may answer, by status. */
  readonly codes: ReadonlyMap<number, readonly string[]>;
  readonly streams: boolean;
};

/** What is asked, and as whom. */
export type FuzzRequest = {
  readonly route: Route;
  readonly options: InjectOptions;
  /** Whose token it carries; null for none, or one that nobody has. */
  readonly asker: FuzzTeam | null;
  /** Nothing of method or path was bent, so that the answer must be one that openapi.json knows. */
  readonly isThatRoute: boolean;
};

type World = { readonly teams: readonly FuzzTeam[]; readonly named: Sampler['named']; readonly draw: Draw };

/** A request to that route: as described, a little off, or hostile. */
export function fuzzRequest(route: Route, world: World): FuzzRequest {
  const { draw, teams } = world;
  const asker = draw.percent(88) ? draw.of(teams) : null;
  const phone = asker === null ? null : draw.of(asker.phones);
  const sampler: Sampler = { draw, named: world.named, known: meaningOf(route, asker, world) };
  const { url, isThatPath } = addressOf(route, sampler);
  const bent = draw.percent(2) ? draw.of(['PUT', 'PATCH', 'OPTIONS', 'HEAD', 'GET', 'POST', 'DELETE']) : route.method;
  const { payload, headers, saysItsType } = bodyOf(route, phone ?? draw.of(draw.of(teams).phones), sampler);
  const options = {
    method: bent as NonNullable<InjectOptions['method']>,
    url,
    headers: { ...headers, ...authorization(phone, draw), ...(draw.percent(2) ? oddHeaders(draw) : {}) },
    ...(payload === null ? {} : { payload }),
  };
  return { route, options, asker, isThatRoute: bent === route.method && isThatPath && saysItsType };
}

/** Identifiers that stand for something, mostly in the asker's own workspace; kind and key of the same record. */
function meaningOf(route: Route, asker: FuzzTeam | null, { teams, draw }: World): Sampler['known'] {
  const { phones, records, invite } = asker !== null && draw.percent(70) ? asker : draw.of(teams);
  const record = draw.of(records);
  const devices = phones.map(({ device }) => device);
  const people = phones.map(({ person }) => person);
  return (field) => {
    switch (field) {
      case 'id':
        if (route.path.includes('/invites/')) return [invite];
        return route.path.includes('/devices/') ? devices : people;
      case 'device':
        return devices;
      case 'person':
        return people;
      case 'kind':
        return draw.percent(80) ? [record.kind] : Object.keys(kinds);
      case 'key':
        return draw.percent(80) ? [record.key] : records.map(({ key }) => key);
      case 'incident':
        return records.filter(({ kind }) => kind === 'incident').map(({ key }) => key);
      case 'stamp':
      case 'seen':
      case 'given':
        return devices.map((device) => `2026-11-23T12:00:00.000Z-0000-${device}`);
      case 'base':
        return [...draw.of(phones).records.values()].map(({ change }) => change);
      case 'endpoint':
        return [sampleSubscription.endpoint];
      case 'p256dh':
        return [sampleSubscription.keys.p256dh];
      case 'code':
        return phones.map(({ token }) => token);
      default:
        return [];
    }
  };
}

function addressOf(route: Route, sampler: Sampler): { readonly url: string; readonly isThatPath: boolean } {
  const { draw } = sampler;
  let isThatPath = true;
  let path = route.path;
  const query: string[] = [];
  for (const { name, in: where, required, schema } of route.parameters) {
    if (required !== true && draw.percent(50)) continue;
    if (draw.percent(3)) continue;
    const text = draw.percent(20) ? hostileText(draw) : String(sample(schema, name, sampler));
    // half a letter can't be encoded, but it can be sent
    const written =
      draw.percent(2) || /\p{Cs}/u.test(text)
        ? draw.of(['%', '%zz', '%ff', '%00', '%c0%af'])
        : encodeURIComponent(text);
    if (where === 'path') {
      path = path.replace(`{${name}}`, written);
      // it may lead elsewhere: too long, empty, no UTF-8
      isThatPath &&= /^[\w.~-]{1,100}$/.test(written) && !/^\.+$/.test(written);
    } else query.push(`${name}=${written}`);
  }
  isThatPath &&= !path.includes('{');
  if (draw.percent(2)) query.push(`${encodeURIComponent(draw.of(['__proto__', 'constructor', 'kind', 'limit']))}=x`);
  const url = query.length === 0 ? path : `${path}?${query.join('&')}`;
  if (!draw.percent(1)) return { url, isThatPath };
  return {
    url: draw.of([`${url}/`, `/${url}`, `${url}/..`, url.replace('/api', '/api/..'), `${url}#x`, url.toUpperCase()]),
    isThatPath: false,
  };
}

function bodyOf(
  route: Route,
  phone: HttpPhone,
  sampler: Sampler,
): {
  readonly payload: string | Buffer | null;
  readonly headers: Record<string, string>;
  readonly saysItsType: boolean;
} {
  const { draw } = sampler;
  if (route.body === null)
    return draw.percent(95)
      ? { payload: null, headers: {}, saysItsType: true }
      : { payload: '{"a":1}', headers: { 'content-type': 'application/json' }, saysItsType: false };
  let body = meant(route, phone, sampler) ?? sample(route.body, '', sampler);
  for (let more = draw.of([0, 1, 1, 1, 2, 4]); more > 0; more -= 1)
    body = draw.percent(2) ? hostileValue(draw) : spoil(body, draw);
  let payload: string | Buffer = asText(body);
  if (draw.percent(3)) payload = payload.slice(0, draw.below(payload.length + 1));
  if (draw.percent(1)) payload = payload.replaceAll('"', draw.of(["'", '\\', '\u2028']));
  if (draw.percent(1)) payload = draw.of(['', '[', '\ufeff{}', 'null', '0', '"x"', '[[[[', '{"a":1e999}', '\0']);
  if (draw.percent(1)) payload = Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc3]);
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (draw.percent(10)) {
    payload = gzipSync(payload);
    headers['content-encoding'] = 'gzip';
    if (draw.percent(10)) payload = payload.subarray(0, draw.below(payload.length));
  }
  if (draw.percent(2)) headers['content-encoding'] = draw.of(['br', 'gzip', 'deflate', 'gzip, gzip', 'x']);
  if (draw.percent(2))
    headers['content-type'] = draw.of(['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'x', '']);
  return { payload, headers, saysItsType: true };
}

/** What schemas alone don't say: a body that gets far into the server. Null: none of its own. */
function meant(route: Route, phone: HttpPhone, { draw, known }: Sampler): unknown {
  const name = `${route.method} ${route.path}`;
  if (name === 'POST /api/enrol' && draw.percent(50))
    return phone.enrolBody(draw.percent(50) ? phone.token : '7K3MQ0RSTVWX7K3M');
  if (name !== 'POST /api/sync' || draw.percent(20)) return null;
  const changes = Array.from({ length: draw.below(6) }, () => {
    const kind = draw.percent(95) ? draw.of(draw.percent(50) ? known('kind') : Object.keys(kinds)) : hostileText(draw);
    const key = draw.percent(90) ? draw.of(known('key')) : hostileText(draw);
    return phone.make(
      kind,
      key,
      (draw.percent(50) ? { status: 'done', text: 'x', decision: 'kept' } : hostileValue(draw)) as never,
    );
  });
  return { ...phone.request(changes), limit: draw.of([1, 5, 50]), last: draw.percent(5) };
}

function authorization(phone: HttpPhone | null, draw: Draw): Record<string, string> {
  if (phone !== null) return { authorization: `Bearer ${phone.token}` };
  const others = [
    '',
    'Bearer',
    'Bearer made-up',
    'Basic YTpi',
    `Bearer ${'a'.repeat(300)}`,
    'Bearer __proto__',
    "Bearer ' OR 1=1",
  ];
  return draw.percent(30) ? {} : { authorization: draw.of(others) };
}

function oddHeaders(draw: Draw): Record<string, string> {
  return draw.of([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { accept: 'text/html' },
    { 'accept-encoding': 'br;q=0, *;q=0' },
    { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': 'evil.example' },
    { 'x-http-method-override': 'DELETE' },
    { expect: '100-continue' },
    { range: 'bytes=0-1' },
    { 'if-none-match': '*' },
  ]);
}
