import * as z from 'zod/mini';
import type { DeviceKey } from '../domain/ports/sync-store.ts';
import type { DeviceId, PersonId } from '../domain/ids.ts';
import { ok, type Result } from '../domain/result.ts';
import { base64url } from '../domain/sync/base64url.ts';
import type { EnrolReply } from '../domain/sync/protocol.ts';
import { enrolMessage, previousMessage } from '../domain/sync/signing.ts';
import type { CallFault, Transport } from './transport.ts';

export type Enrolment = {
  /** A join code in its normal form, or the session's token when a clone becomes a device of its own. */
  readonly code: string;
  readonly key: DeviceKey;
  readonly deviceName: string;
  readonly person: { readonly id: PersonId } | { readonly name: string } | null;
  /** The key that a clone shared with its original. */
  readonly previous: DeviceKey | null;
};

const enrolReply = z.looseObject({
  device: z.string().check(z.regex(/^[0-9a-f]{16}$/)),
  person: z.string().check(z.minLength(1)),
  workspace: z.looseObject({ id: z.string(), name: z.string() }),
  access: z.enum(['coordinator', 'responder', 'observer', 'vendor']),
  roles: z.array(z.string()),
});

/**
 * `POST /api/enrol`: burns a code and makes the key's device known. Sending the same code and key again after a lost reply gives
 * the same reply (protocol.md, The other endpoints).
 */
export async function enrol(
  transport: Transport,
  origin: string,
  { code, key, deviceName, person, previous }: Enrolment,
  signal: AbortSignal,
): Promise<Result<EnrolReply, CallFault>> {
  const signature = base64url(await key.sign(enrolMessage(origin, code)));
  const proof = previous === null ? null : await proofOf(previous, origin, code);
  const answer = await transport.call({
    method: 'POST',
    path: '/api/enrol',
    body: () => ({
      code,
      publicKey: key.publicKey,
      device: { name: deviceName },
      ...(person === null ? {} : { person }),
      weakKey: key.weak,
      signature,
      ...(proof === null ? {} : { previous: proof }),
    }),
    reply: enrolReply,
    signal,
  });
  return answer.ok ? ok(answer.value.value as unknown as EnrolReply) : answer;
}

async function proofOf(
  previous: DeviceKey,
  origin: string,
  token: string,
): Promise<{ device: DeviceId; signature: string }> {
  return { device: previous.device, signature: base64url(await previous.sign(previousMessage(origin, token))) };
}
