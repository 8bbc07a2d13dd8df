import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangeId, DeviceId } from '../../../src/domain/ids.ts';
import {
  ageAt,
  bundleFormat,
  bundleParts,
  delayOf,
  readBundle,
  readHandOver,
  signedText,
} from '../../../src/domain/sync/bundle.ts';
import { deviceId } from '../../../src/domain/sync/device-id.ts';
import type { SentChange } from '../../../src/domain/sync/protocol.ts';
import { formatStamp } from '../../../src/domain/sync/stamp.ts';
import { hour, instant, minute } from '../../../src/domain/time.ts';

const noon = Date.UTC(2026, 10, 23, 12);
const publicKey = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) } as const;
const device = deviceId(publicKey);
const bundle = {
  ...{ device, publicKey, clientNow: instant(noon), line: 1, age: 0, changes: [], signature: 's'.repeat(86) },
};

function change(n: number, more: Partial<SentChange> = {}, by = device): SentChange {
  return {
    id: `0193a000-0000-7000-8000-${String(n).padStart(12, '0')}` as ChangeId,
    n,
    kind: 'log',
    key: `i/l${String(n)}`,
    value: { text: 'x' },
    base: null,
    seen: null,
    stamp: formatStamp({ time: noon + n, counter: 0, device: by }),
    wall: instant(noon),
    line: 1,
    v: 1,
    ...more,
  };
}

describe('a bundle', () => {
  it('[BUNDLE-13] everything is signed but the signature and the age, whatever the order of its fields', () => {
    const { age: _, signature: __, ...rest } = bundle;
    expect(signedText(bundle)).toBe(signedText({ ...rest, signature: 'other', age: 99 }));
    expect(signedText(bundle)).toBe(signedText(Object.fromEntries(Object.entries(bundle).reverse())));
    expect(signedText({ ...bundle, later: 1 })).not.toBe(signedText(bundle));
    expect(signedText({ b: 2, a: { d: [1, 'é'], c: null } })).toBe('{"a":{"c":null,"d":[1,"é"]},"b":2}');
  });

  it('[BUNDLE-14] every unsettled change goes, once, by device and in the order of n; what not all may read stays', () => {
    const other = '00000000000000ff' as DeviceId;
    const log = fc.record({
      n: fc.integer({ min: 1, max: 1000 }),
      isOther: fc.boolean(),
      size: fc.nat({ max: 60_000 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(log, { selector: ({ n, isOther }) => `${String(n)} ${String(isOther)}` }), (made) => {
        const changes = made.map(({ n, isOther, size }) =>
          change(n, { value: { text: 'x'.repeat(size) } }, isOther ? other : device),
        );
        const parts = bundleParts(changes);
        expect(new Set(parts.flat())).toEqual(new Set(changes));
        expect(parts.flat()).toHaveLength(changes.length);
        for (const part of parts) {
          expect(new Set(part.map(({ stamp }) => stamp.slice(-16))).size).toBe(1);
          const counters = part.map(({ n }) => n);
          expect(counters).toEqual([...counters].sort((a, b) => a - b));
          expect(part.length === 1 || JSON.stringify(part).length < 1_100_000).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
    expect(
      bundleParts(['plan-item', 'grant', 'device', 'conflict'].map((kind, at) => change(at + 1, { kind }))),
    ).toEqual([]);
  });

  it('[BUNDLE-15] is read only in due form, with the device that its key makes it', () => {
    expect(readBundle({ ...bundle, later: 'kept' })).toMatchObject({ later: 'kept' });
    const bad: readonly object[] = [
      { device: '0123456789abcdef' },
      { publicKey: { ...publicKey, x: 'short' } },
      { clientNow: 'yesterday' },
      { line: 1.5 },
      { age: -1 },
      { changes: null },
      { signature: '' },
      { person: 7 },
    ];
    for (const more of bad) expect(readBundle({ ...bundle, ...more }), JSON.stringify(more)).toBeNull();
    let deep: unknown = 1;
    for (let level = 0; level < 50_000; level += 1) deep = [deep];
    expect(readBundle({ ...bundle, later: deep })).toBeNull();
    expect(readBundle({ ...bundle, later: [Infinity] })).toBeNull();
  });

  it('[BUNDLE-16] a hand-over says its format; a newer one is told from something else', () => {
    const handOver = { format: bundleFormat, workspace: 'w', packedAt: instant(noon), bundles: [bundle] };
    expect(readHandOver(handOver)).toEqual({ ok: true, value: handOver });
    expect(readHandOver({ ...handOver, format: 'holdfast-bundle/2' })).toEqual({ ok: false, error: 'newer' });
    const others = [
      null,
      [],
      'text',
      {},
      { format: 'holdfast-backup/1' },
      { ...handOver, bundles: [{ ...bundle, line: null }] },
    ];
    for (const other of others) expect(readHandOver(other)).toEqual({ ok: false, error: 'not-a-hand-over' });
  });
});

describe('the age of a bundle', () => {
  const taken = { age: minute, wall: noon, line: 2 };

  it('[BUNDLE-17] grows by the relay’s clock', () => {
    expect(ageAt(taken, { wall: noon + hour, line: 2 })).toBe(hour + minute);
  });

  it('[BUNDLE-17] is as great as can be where that clock jumped: such a change never wins unfairly', () => {
    expect(ageAt(taken, { wall: noon + hour, line: 3 })).toBe(noon + hour);
    expect(ageAt(taken, { wall: noon - 1, line: 2 })).toBe(noon - 1);
    expect(ageAt(taken, { wall: -5, line: 2 })).toBe(0);
  });

  it('[BUNDLE-18] what a camera reads is of now, a file may have lain about', () => {
    expect(delayOf('camera', noon, noon + hour)).toBe(0);
    expect(delayOf('file', noon, noon + hour)).toBe(hour);
    expect(delayOf('file', noon + hour, noon)).toBe(0);
  });
});
