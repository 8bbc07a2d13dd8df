import { createPrivateKey, sign, type JsonWebKey as NodeKey } from 'node:crypto';
import type { DeviceId } from '../../../src/domain/ids.ts';
import type { Json, JsonObject } from '../../../src/domain/json.ts';
import { joinCodeHash, normalJoinCode } from '../../../src/domain/sync/codes.ts';
import { enrolMessage, previousMessage, sessionMessage } from '../../../src/domain/sync/signing.ts';
import { day, millis } from '../../../src/domain/time.ts';
import { openServer, type TestServer } from '../../sync-server/support/open-server.ts';
import { firstEvent, livePath } from './first-event.ts';
import { Likeness } from './likeness.ts';
import { deviceOfKey } from './recorder.ts';
import type { Exchange, Recording } from './recording.ts';

/** Says a whole recording to a new server of today; gives every difference in what it answered, by exchange. */
export async function replay(recording: Recording): Promise<readonly string[]> {
  const server = await openServer({ publicUrl: recording.origin });
  try {
    server.clock.now = millis(recording.startedAt);
    const workspace = await server.journal.createWorkspace('Recovery team', server.clock.now);
    await server.journal.keepSetupCode(
      workspace,
      joinCodeHash(normalJoinCode(recording.setupCode) ?? ''),
      server.clock.now + day,
    );
    const likeness = new Likeness(recording.made);
    const differences: string[] = [];
    for (const [at, exchange] of recording.exchanges.entries()) {
      const found = await say(server, exchange, recording, likeness);
      differences.push(
        ...found.map((each) => `${String(at)} ${exchange.what}, ${exchange.method} ${exchange.path}${each}`),
      );
    }
    return differences;
  } finally {
    await server.close();
  }
}

async function say(
  server: TestServer,
  { at, method, path, token, contentType, body, reply }: Exchange,
  { origin, keys }: Recording,
  likeness: Likeness,
): Promise<readonly string[]> {
  server.clock.now = millis(at);
  const url = likeness.translate(path);
  if (url === livePath) {
    const { body: event } = await firstEvent(server, likeness.translate(token ?? ''));
    return likeness.differences(reply.body, event);
  }
  const payload = signedAgain(url, likeness.translate(body), origin, keys);
  const answer = await server.app.inject({
    method: method as 'GET',
    url,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${likeness.translate(token)}` }),
      ...(contentType === null ? {} : { 'content-type': contentType }),
    },
    ...(payload === null ? {} : { payload: payload as object }),
  });
  if (answer.statusCode !== reply.status)
    return [`: ${String(reply.status)} became ${String(answer.statusCode)} ${answer.payload.slice(0, 300)}`];
  const said = answer.payload === '' ? null : (JSON.parse(answer.payload) as Json);
  return likeness.differences(reply.body, said);
}

/** What was signed over a value that the server made up. */
function signedAgain(path: string, body: Json, origin: string, keys: Recording['keys']): Json {
  if (typeof body !== 'object' || body === null || !('signature' in body)) return body;
  const devices = new Map(Object.values(keys).map((key) => [deviceOfKey(key), key]));
  const { code, device, nonce, publicKey, previous } = body as JsonObject & Record<'code' | 'nonce', string>;
  if (path === '/api/session')
    return {
      ...body,
      signature: signed(devices.get(device as string), sessionMessage(origin, device as DeviceId, nonce)),
    };
  const old = previous as JsonObject | undefined;
  return {
    ...body,
    signature: signed(keys[(publicKey as JsonObject).x as string], enrolMessage(origin, code)),
    ...(old === undefined
      ? {}
      : { previous: { ...old, signature: signed(devices.get(old.device as string), previousMessage(origin, code)) } }),
  };
}

function signed(key: JsonWebKey | undefined, text: string): string {
  const privateKey = createPrivateKey({ key: key as NodeKey, format: 'jwk' });
  return sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
}
