import * as z from 'zod/mini';
import { parseDeviceId, parseInstant, type DeviceId, type Instant } from '../ids.ts';
import type { Json } from '../json.ts';
import { err, ok, type Result } from '../result.ts';
import type { Millis } from '../time.ts';
import { canonicalJson } from './canonical-json.ts';
import { deviceId, type PublicKey } from './device-id.ts';
import { utf8Length } from './hash.ts';
import { limits } from './limits.ts';
import type { SentChange } from './protocol.ts';
import { deviceOf } from './stamp.ts';

/*
 * Changes from phone to phone (protocol.md, Bundles). A bundle is signed by the device that made its changes, so whoever carries
 * it on can't alter it; a hand-over is what goes from one phone to another: the giver's own bundles and those it carries.
 */

export const bundleFormat = 'holdfast-bundle/1';

/** What a device signs over its changes. Fields that are not named here are signed too, and kept. */
export type Bundle = {
  readonly device: DeviceId;
  readonly publicKey: PublicKey;
  /** The author's clock when it signed. */
  readonly clientNow: Instant;
  /** See protocol.md, Order. */
  readonly line: number;
  readonly changes: readonly SentChange[];
  readonly signature: string;
  /** Whose device it says it is; the server goes by what it knows. */
  readonly person?: string;
  readonly workspace?: string;
};

/** A bundle under way: `age` is the time since it was signed, by the clocks of those who carried it. */
export type RelayedBundle = Bundle & { readonly age: Millis };

/** All that one phone gives another. */
export type HandOver = {
  readonly format: typeof bundleFormat;
  readonly workspace: string;
  /** The giver's clock when it was put together. */
  readonly packedAt: Instant;
  readonly bundles: readonly RelayedBundle[];
};

/** Kinds that not every member may read, or that tell nobody anything: they go by their author's own way only. */
const keptBack: ReadonlySet<string> = new Set(['plan-item', 'grant', 'device', 'conflict']);

/** A larger change still goes, in a bundle of its own. */
const most = { changes: 250, bytes: 1024 * 1024 } as const;

/** Deeper than any change may be (change.ts), with room for what stands around it. */
const deepest = 80;

/** What the author's key signs: RFC 8785 of everything but the signature, and but `age`, which goes on after it. */
export function signedText({ signature: _, age: __, ...rest }: Readonly<Record<string, unknown>>): string {
  return canonicalJson(rest as Json);
}

/** Whether a change may leave the phone by another's. */
export function mayBeHandedOver({ kind }: { readonly kind: string }): boolean {
  return !keptBack.has(kind);
}

/**
 * Cuts unsettled changes into what goes into one bundle each: one device's, ascending `n`. All of them go, so a change's base
 * is there wherever it is itself unsettled (protocol.md, Bundles).
 */
export function bundleParts(unsettled: readonly SentChange[]): readonly (readonly SentChange[])[] {
  const sorted = unsettled
    .filter(mayBeHandedOver)
    .sort((a, b) =>
      deviceOf(a.stamp) < deviceOf(b.stamp) ? -1 : deviceOf(a.stamp) > deviceOf(b.stamp) ? 1 : a.n - b.n,
    );
  const parts: SentChange[][] = [];
  let bytes = 0;
  for (const change of sorted) {
    const size = utf8Length(JSON.stringify(change));
    const part = parts.at(-1);
    const [first] = part ?? [];
    const fits =
      part !== undefined &&
      first !== undefined &&
      deviceOf(first.stamp) === deviceOf(change.stamp) &&
      part.length < most.changes &&
      bytes + size <= most.bytes;
    if (fits) part.push(change);
    else parts.push([change]);
    bytes = fits ? bytes + size : size;
  }
  return parts;
}

export type BundleFault = 'not-a-hand-over' | 'newer';

/** Reads a hand-over from what JSON gave. Its signatures are still to be verified. */
export function readHandOver(raw: unknown): Result<HandOver, BundleFault> {
  const format = typeof raw === 'object' && raw !== null && 'format' in raw ? raw.format : null;
  if (typeof format !== 'string' || !/^holdfast-bundle\/\d+$/.test(format)) return err('not-a-hand-over');
  if (format !== bundleFormat) return err('newer');
  const read = handOverSchema.safeParse(raw);
  if (!read.success) return err('not-a-hand-over');
  const bundles = (raw as { readonly bundles: readonly unknown[] }).bundles.map(readBundle);
  if (bundles.some((bundle) => bundle === null)) return err('not-a-hand-over');
  return ok({ ...(read.data as unknown as HandOver), bundles: bundles as readonly RelayedBundle[] });
}

/** A bundle in due form, or null. `device` is then the thumbprint of its key; who signed it must still be verified. */
export function readBundle(raw: unknown): RelayedBundle | null {
  if (!bundleSchema.safeParse(raw).success || isUnsignable(raw, deepest)) return null;
  const bundle = raw as RelayedBundle;
  return deviceId(bundle.publicKey) === bundle.device ? bundle : null;
}

/** When a phone took a bundle over: its clock then, and how old the bundle was. */
export type Taken = { readonly age: Millis; readonly wall: Millis; readonly line: number };

/**
 * How old a bundle is by a relay's clock. Where that clock was seen to jump meanwhile nobody knows: then it is as old as can be,
 * so that its changes lose to every concurrent one, as changes without a believed time do (protocol.md, Order).
 */
export function ageAt(taken: Taken, now: { readonly wall: Millis; readonly line: number }): Millis {
  if (taken.line !== now.line || now.wall < taken.wall) return Math.max(0, now.wall);
  return taken.age + now.wall - taken.wall;
}

/**
 * How long a hand-over lay about before it was taken. A camera reads what a screen shows now; a file may be of last week, and
 * only the two clocks can tell. If the giver's is behind it counts as older than it is: it loses, it never wins unfairly.
 */
export function delayOf(way: 'camera' | 'file', packedAt: Millis, now: Millis): Millis {
  return way === 'camera' ? 0 : Math.max(0, now - packedAt);
}

const text = z.string();
const instantText = text.check(z.refine((raw) => parseInstant(raw).ok));
const base64urlOf = (letters: number) => text.check(z.regex(new RegExp(`^[A-Za-z0-9_-]{${String(letters)}}$`)));

const bundleSchema = z.looseObject({
  device: text.check(z.refine((raw) => parseDeviceId(raw).ok)),
  publicKey: z.looseObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: base64urlOf(43), y: base64urlOf(43) }),
  clientNow: instantText,
  line: z.int().check(z.gte(0)),
  age: z.number().check(z.gte(0)),
  changes: z.array(z.unknown()).check(z.maxLength(limits.changesPerPush)),
  signature: base64urlOf(86),
  person: z.optional(text),
  workspace: z.optional(text),
});

const handOverSchema = z.looseObject({
  format: z.literal(bundleFormat),
  workspace: text,
  packedAt: instantText,
  bundles: z.array(z.unknown()),
});

/** What a recursion could not walk has no RFC 8785 text, nor has a number without end. */
function isUnsignable(value: unknown, levels: number): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isUnsignable(member, levels - 1));
}
