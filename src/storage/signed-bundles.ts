import { fromBase64url } from '../domain/sync/base64url.ts';
import { signedText, type Bundle } from '../domain/sync/bundle.ts';
import { utf8 } from '../domain/sync/hash.ts';

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signing = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** Whether every one was signed by the key that it names. Bundles must be in due form (`readBundle`). */
export async function areSigned(crypto: Crypto, bundles: readonly Bundle[]): Promise<boolean> {
  for (const bundle of bundles) if (!(await isSigned(crypto, bundle))) return false;
  return true;
}

async function isSigned({ subtle }: Crypto, bundle: Bundle): Promise<boolean> {
  const { kty, crv, x, y } = bundle.publicKey;
  const signature = fromBase64url(bundle.signature);
  if (signature === null) return false;
  try {
    const key = await subtle.importKey('jwk', { kty, crv, x, y }, curve, false, ['verify']);
    return await subtle.verify(signing, key, signature as BufferSource, utf8(signedText(bundle)) as BufferSource);
  } catch {
    // No point on the curve: nobody can have signed with it.
    return false;
  }
}
