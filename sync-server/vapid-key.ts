import { createECDH } from 'node:crypto';

const curve = 'prime256v1';

/** A new private key for web push, as VAPID_PRIVATE_KEY wants it. */
export function newVapidKey(): string {
  const ecdh = createECDH(curve);
  ecdh.generateKeys();
  // one in 256 begins with a zero, which is left out
  return Buffer.from(ecdh.getPrivateKey('hex').padStart(64, '0'), 'hex').toString('base64url');
}

/** The public key that belongs to it; null where it is none. */
export function vapidPublicKey(privateKey: string): string | null {
  if (!/^[A-Za-z0-9_-]{43}$/.test(privateKey)) return null;
  try {
    const ecdh = createECDH(curve);
    ecdh.setPrivateKey(privateKey, 'base64url');
    return ecdh.getPublicKey('base64url');
  } catch {
    return null;
  }
}
