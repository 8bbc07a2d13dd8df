import { capitalised } from '../../domain/sentence.ts';
import type { Json } from '../../domain/json.ts';
import type { QuarantinedChange } from '../../domain/ports/server-api.ts';
import { aboutWords, saysWords, type Wording } from '../../domain/sync/change-words.ts';
import { isKind, type Kind } from '../../domain/sync/kinds.ts';

/** What a coordinator can report in the author's stead. */
export type Puttable = { readonly kind: Kind; readonly key: string; readonly value: Json };

/** Rights are given by hand or not at all; a device speaks for itself only, and what was overruled is its author's to decide. */
const never: ReadonlySet<string> = new Set<Kind>(['grant', 'device', 'conflict']);

/** Refusals that say nothing against the change itself, which the server had read and found well-formed. */
const reasons: Readonly<Record<string, string>> = {
  forbidden: 'Its author might not do that, or made it after the device was revoked.',
  stale: 'Somebody had changed it meanwhile.',
  'id-reused': 'It came under a number that was used before.',
  'sequence-reused': 'It came under a number that was used before.',
};

/** The change as something to put in; null where it can only be read. */
export function puttable({ kind, key, value, reason }: QuarantinedChange): Puttable | null {
  if (kind === null || key === null || value === undefined || !isKind(kind)) return null;
  return never.has(kind) || !Object.hasOwn(reasons, reason.code) ? null : { kind, key, value };
}

/** What it says, as far as it can be read: `IT-07: done 14:02`. */
export function quarantinedWords(change: QuarantinedChange, wording: Wording): string {
  const { kind, key, value, at, reason } = change;
  if (kind === null || key === null) return 'Something that is no change';
  const told = { kind, key, value: Object.hasOwn(reasons, reason.code) ? (value ?? null) : null, at };
  const about = aboutWords(told, wording);
  const says = value === undefined ? 'too long, or erased' : saysWords(told, wording);
  const words = Object.hasOwn(reasons, reason.code) ? `${about}: ${says}` : about;
  return capitalised(words);
}

/** Why it was not taken, to a coordinator. */
export function quarantineReason({ reason }: QuarantinedChange): string {
  return reasons[reason.code] ?? `The server could not take it (${reason.code}).`;
}
