import { createPrivateKey, generateKeyPairSync, sign, type JsonWebKey } from 'node:crypto';
import type { DeviceId } from '../../../src/domain/ids.ts';
import { deviceId, type PublicKey } from '../../../src/domain/sync/device-id.ts';
import { sessionMessage } from '../../../src/domain/sync/signing.ts';
import { bodyOf, type HttpCalls } from './http-calls.ts';

/** A device's key pair, in a form that another process can be handed. */
export type Identity = { readonly device: DeviceId; readonly publicKey: PublicKey; readonly privateKey: JsonWebKey };

export function newIdentity(): Identity {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' });
  const publicKey: PublicKey = { kty: 'EC', crv: 'P-256', x, y };
  return { device: deviceId(publicKey), publicKey, privateKey: pair.privateKey.export({ format: 'jwk' }) };
}

/** A bearer token by challenge and signature, as an app gets it. */
export async function signIn(calls: HttpCalls, identity: Identity): Promise<string> {
  const { device } = identity;
  const { nonce } = bodyOf(await calls.post('/api/session/challenge', { body: { device } })) as { nonce: string };
  const body = answerTo(calls.origin, identity, nonce);
  return (bodyOf(await calls.post('/api/session', { body })) as { token: string }).token;
}

/** What a device sends for a nonce. */
export function answerTo(origin: string, { device, privateKey }: Identity, nonce: string): object {
  const key = createPrivateKey({ key: privateKey, format: 'jwk' });
  const text = Buffer.from(sessionMessage(origin, device, nonce));
  const signature = sign('sha256', text, { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return { device, nonce, signature };
}
