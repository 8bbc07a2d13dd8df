import { err, ok, type Result } from '../result.ts';
import { base45, fromBase45 } from './base45.ts';
import { hex, sha256 } from './hash.ts';

/*
 * A run of QR codes (protocol.md, Bundles): the bytes of a hand-over cut into numbered frames, each with the name of the whole
 * and a checksum of its own. Frames may come in any order, twice, or not at all until a later round.
 */

/** What has been read so far of one run. */
export type Collected = {
  /** Of the run that is being read; null before the first frame. */
  readonly name: string | null;
  readonly count: number;
  readonly parts: ReadonlyMap<number, Uint8Array>;
};

export const nothingCollected: Collected = { name: null, count: 0, parts: new Map() };

const prefix = 'HF1:';
const nameBytes = 8;
const checkBytes = 4;
const headBytes = nameBytes + 4;
const mostFrames = 0xffff;

/** The frames of `bytes`, each with up to `partBytes` of them; null where that would be more than can be numbered. */
export function framesOf(bytes: Uint8Array, partBytes: number): readonly string[] | null {
  const name = sha256(bytes).subarray(0, nameBytes);
  const count = Math.max(1, Math.ceil(bytes.length / partBytes));
  if (count > mostFrames) return null;
  return Array.from({ length: count }, (_, at) =>
    frameText(name, at, count, bytes.subarray(at * partBytes, (at + 1) * partBytes)),
  );
}

/**
 * The order in which a round shows its frames. Each round has another one, so that a camera which misses every so-manieth code
 * does not miss the same ones for ever.
 */
export function frameOrder(count: number, round: number): readonly number[] {
  const strides = Array.from({ length: count }, (_, stride) => stride).filter((stride) => divisor(stride, count) === 1);
  const stride = strides[round % Math.max(1, strides.length)] ?? 1;
  return Array.from({ length: count }, (_, at) => (at * stride + round) % count);
}

/**
 * Takes in what a camera read. Anything that is no whole frame changes nothing; a frame of another run begins that one, as the
 * giver did.
 */
export function collect(collected: Collected, text: string): Collected {
  const frame = readFrame(text);
  if (frame === null) return collected;
  const { name, count, at, part } = frame;
  if (collected.name !== name || collected.count !== count) return { name, count, parts: new Map([[at, part]]) };
  if (collected.parts.has(at)) return collected;
  return { ...collected, parts: new Map([...collected.parts, [at, part]]) };
}

/** The bytes as they were given, once every frame was read. */
export function assembled({ name, count, parts }: Collected): Result<Uint8Array, 'incomplete' | 'damaged'> {
  if (name === null || parts.size < count) return err('incomplete');
  const inOrder = Array.from({ length: count }, (_, at) => parts.get(at) ?? new Uint8Array());
  const bytes = joined(inOrder);
  return hex(sha256(bytes).subarray(0, nameBytes)) === name ? ok(bytes) : err('damaged');
}

function frameText(name: Uint8Array, at: number, count: number, part: Uint8Array): string {
  const head = joined([name, Uint8Array.of(at >> 8, at & 0xff, count >> 8, count & 0xff)]);
  return prefix + base45(joined([head, checksum(head, part), part]));
}

type Frame = { readonly name: string; readonly count: number; readonly at: number; readonly part: Uint8Array };

function readFrame(text: string): Frame | null {
  if (!text.startsWith(prefix)) return null;
  const bytes = fromBase45(text.slice(prefix.length));
  if (bytes === null || bytes.length < headBytes + checkBytes) return null;
  const head = bytes.subarray(0, headBytes);
  const part = bytes.subarray(headBytes + checkBytes);
  if (hex(checksum(head, part)) !== hex(bytes.subarray(headBytes, headBytes + checkBytes))) return null;
  const number = (from: number) => (bytes[from] ?? 0) * 256 + (bytes[from + 1] ?? 0);
  const [at, count] = [number(nameBytes), number(nameBytes + 2)];
  return at < count ? { name: hex(bytes.subarray(0, nameBytes)), count, at, part } : null;
}

function checksum(head: Uint8Array, part: Uint8Array): Uint8Array {
  return sha256(joined([head, part])).subarray(0, checkBytes);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
