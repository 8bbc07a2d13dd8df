import type { JoinFault } from '../domain/ports/sync-status.ts';
import type { DeviceKey, SyncStore } from '../domain/ports/sync-store.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { err, ok, unreachable, type Result } from '../domain/result.ts';
import type { EnrolReply } from '../domain/sync/protocol.ts';
import { enrol } from './enrol.ts';
import { parseJoinLink } from './parse-join-link.ts';
import type { CallFault, Transport } from './transport.ts';

export type JoinParts = { readonly store: SyncStore; readonly transport: Transport; readonly origin: string };

/**
 * Burns a code and binds this device to the server. The key is on disk before the code is sent, so that after a lost reply the
 * same code with the same key gives the same answer. A device that worked alone keeps its person and all it has.
 */
export async function join(
  parts: JoinParts,
  typed: { readonly code: string; readonly personName: string | null; readonly deviceName: string },
  signal: AbortSignal,
): Promise<Result<EnrolReply, JoinFault>> {
  const code = parseJoinLink(typed.code);
  if (code === null) return err({ tag: 'code-refused' });
  const key = await ownKey(parts.store);
  if (!key.ok) return key;
  const person = await parts.store.person();
  if (!person.ok) return person;
  const enrolled = await enrol(
    parts.transport,
    parts.origin,
    {
      code,
      key: key.value,
      deviceName: typed.deviceName,
      person: person.value !== null ? { id: person.value } : typed.personName ? { name: typed.personName } : null,
      previous: null,
    },
    signal,
  );
  if (!enrolled.ok) return err(joinFault(enrolled.error));
  const adopted = await parts.store.adopt(parts.origin, enrolled.value);
  return adopted.ok ? ok(enrolled.value) : adopted;
}

async function ownKey(store: SyncStore): Promise<Result<DeviceKey, StorageFault>> {
  const kept = await store.key();
  if (!kept.ok) return kept;
  return kept.value === null ? store.createKey() : ok(kept.value);
}

function joinFault(fault: CallFault): JoinFault {
  switch (fault.tag) {
    case 'no-answer':
      return { tag: 'no-answer' };
    case 'not-a-server':
      return { tag: 'not-a-server' };
    case 'problem':
      if (fault.status === 401) return { tag: 'code-refused' };
      if (fault.status === 429)
        return { tag: 'too-many-tries', retryAfterSeconds: Math.ceil((fault.retryAfter ?? 0) / 1000) };
      return { tag: 'server-fault', code: fault.code };
    default:
      return unreachable(fault);
  }
}
