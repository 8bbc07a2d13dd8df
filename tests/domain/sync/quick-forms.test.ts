import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  parseInstant,
  type ChangeId,
  type DeviceId,
  type Instant,
  type PersonId,
  type Stamp,
} from '../../../src/domain/ids.ts';
import { base64url, fromBase64url } from '../../../src/domain/sync/base64url.ts';
import { canonicalJson } from '../../../src/domain/sync/canonical-json.ts';
import { entryHash, type UnchainedEntry } from '../../../src/domain/sync/hash-chain.ts';

/*
 * What is written for speed against what it stands for, written the long way.
 */

const runs = { numRuns: 3000, seed: 20261126 };
const two = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, '0'));

test('[TIME] a text is an instant exactly where a date writes it again', () => {
  const texts = fc
    .tuple(
      fc.integer({ min: 1960, max: 10_010 }),
      two(13),
      two(32),
      two(25),
      two(61),
      two(61),
      fc.integer({ min: 0, max: 999 }),
    )
    .map(([y, mo, d, h, mi, s, ms]) => `${String(y)}-${mo}-${d}T${h}:${mi}:${s}.${String(ms).padStart(3, '0')}Z`);
  fc.assert(
    fc.property(texts, (text) => {
      expect(parseInstant(text).ok).toBe(isWrittenAgain(text));
    }),
    runs,
  );
  for (const year of [1970, 1972, 2000, 2100, 2400, 9999])
    for (const day of ['02-28', '02-29', '02-30', '04-30', '04-31', '12-31', '12-32']) {
      const text = `${String(year)}-${day}T23:59:59.999Z`;
      expect([text, parseInstant(text).ok]).toEqual([text, isWrittenAgain(text)]);
    }
  for (const odd of ['1969-12-31T23:59:59.999Z', '2026-01-01T00:00:00.000z', ' 2026-01-01T00:00:00.000Z', '2026-01-01'])
    expect(parseInstant(odd).ok).toBe(false);
});

test('[HASH] base64url writes and reads as the platform does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64url');
      expect(base64url(bytes)).toBe(text);
      expect(fromBase64url(text)).toEqual(bytes);
    }),
    runs,
  );
  for (const odd of ['A', 'AB', 'AA=', 'A\u{1f600}', 'Aé', 'A+', 'A/'])
    expect([odd, fromBase64url(odd)]).toEqual([odd, null]);
});

test('[HASH] an entry is chained by the RFC 8785 text of what history shows', () => {
  const entry: UnchainedEntry = {
    seq: 7,
    change: {
      id: '01930000-0000-7000-8000-000000000000' as ChangeId,
      n: 3,
      kind: 'task',
      key: '00112233445566aa/IT-07~x_y.z',
      value: { status: 'done' },
      base: null,
      seen: '2026-11-23T12:56:00.000Z-0000-3f9ac2d1b7e84c05' as Stamp,
      stamp: '2026-11-23T12:56:00.001Z-00ff-3f9ac2d1b7e84c05' as Stamp,
      wall: '2026-11-23T12:56:00.000Z' as Instant,
      line: 0,
      v: 1,
    },
    stamp: '2026-11-23T12:56:00.002Z-0000-3f9ac2d1b7e84c05' as Stamp,
    outcome: 'superseded',
    author: { person: null, device: '3f9ac2d1b7e84c05' as DeviceId },
    at: '2026-11-23T12:56:01.000Z' as Instant,
  };
  for (const each of [entry, { ...entry, author: { ...entry.author, person: 'kim' as PersonId } }]) {
    const previous = Buffer.alloc(32, 9);
    const text = canonicalJson({ ...each, change: { ...each.change, value: 'digest-of-value' } });
    const expected = createHash('sha256').update(previous).update(text).digest('base64url');
    expect(entryHash(previous.toString('base64url'), each, 'digest-of-value')).toBe(expected);
  }
});

function isWrittenAgain(text: string): boolean {
  const ms = Date.parse(text);
  return text.length === 24 && text >= '1970' && Number.isFinite(ms) && new Date(ms).toISOString() === text;
}
