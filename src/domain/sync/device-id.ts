import type { DeviceId } from '../ids.ts';
import { sha256Hex } from './hash.ts';

export type PublicKey = { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };

/** The first 16 hex digits of the RFC 7638 thumbprint of a device's public key (protocol.md, Ids). */
export function deviceId(key: { readonly x: string; readonly y: string }): DeviceId {
  const members = JSON.stringify({ crv: 'P-256', kty: 'EC', x: key.x, y: key.y });
  return sha256Hex(members).slice(0, 16) as DeviceId;
}
