import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base45, fromBase45 } from '../../../src/domain/sync/base45.ts';
import {
  assembled,
  collect,
  frameOrder,
  framesOf,
  nothingCollected,
  type Collected,
} from '../../../src/domain/sync/bundle-frames.ts';

const bytes = fc.uint8Array({ minLength: 0, maxLength: 3000 });
const partBytes = fc.integer({ min: 20, max: 700 });

function frames(payload: Uint8Array, size: number): readonly string[] {
  const made = framesOf(payload, size);
  if (made === null) throw new Error('too many frames');
  return made;
}

function read(texts: readonly string[], from: Collected = nothingCollected): Collected {
  return texts.reduce(collect, from);
}

describe('a run of QR codes', () => {
  it('[BUNDLE-1] base45 is that of RFC 9285 and back', () => {
    const utf8 = new TextEncoder();
    expect(base45(utf8.encode('AB'))).toBe('BB8');
    expect(base45(utf8.encode('Hello!!'))).toBe('%69 VD92EX0');
    expect(base45(utf8.encode('base-45'))).toBe('UJCLQE7W581');
    expect(new TextDecoder().decode(fromBase45('QED8WEX0') ?? undefined)).toBe('ietf!');
    expect([fromBase45('GGW'), fromBase45('ZZ'), fromBase45('A'), fromBase45('ab0')]).toEqual([null, null, null, null]);
    fc.assert(
      fc.property(bytes, (payload) => {
        expect(fromBase45(base45(payload))).toEqual(payload);
      }),
    );
  });

  it('[BUNDLE-2] frames in any order, any of them twice, give the same bytes', () => {
    fc.assert(
      fc.property(bytes, partBytes, fc.infiniteStream(fc.nat()), (payload, size, dice) => {
        const made = frames(payload, size);
        const roll = () => Number(dice.next().value);
        const shuffled = [...made, ...made.filter(() => roll() % 3 === 0)]
          .map((text) => [roll(), text] as const)
          .sort((a, b) => a[0] - b[0])
          .map(([, text]) => text);
        expect(assembled(read(shuffled))).toEqual({ ok: true, value: payload });
      }),
    );
  });

  it('[BUNDLE-3] whatever is missed comes in a later round, and nothing is whole before', () => {
    fc.assert(
      fc.property(bytes, partBytes, fc.infiniteStream(fc.integer({ min: 0, max: 9 })), (payload, size, dice) => {
        const made = frames(payload, size);
        let collected = nothingCollected;
        for (let round = 0; round < 200 && !assembled(collected).ok; round += 1) {
          expect(assembled(collected)).toEqual({ ok: false, error: 'incomplete' });
          const seen = frameOrder(made.length, round).filter(() => Number(dice.next().value) < 5);
          collected = read(
            seen.map((at) => made[at] ?? ''),
            collected,
          );
        }
        expect(assembled(collected)).toEqual({ ok: true, value: payload });
      }),
    );
  });

  it('[BUNDLE-4] a frame with one changed letter, and any other code, change nothing', () => {
    fc.assert(
      fc.property(bytes, partBytes, fc.nat(), fc.nat(), (payload, size, which, where) => {
        const made = frames(payload, size);
        const frame = made[which % made.length] ?? '';
        const at = where % frame.length;
        const other = frame[at] === 'A' ? 'B' : 'A';
        const before = read(made.slice(0, 1));
        expect(collect(before, frame.slice(0, at) + other + frame.slice(at + 1))).toBe(before);
        expect(collect(before, frame.slice(0, at))).toBe(before);
        expect(collect(before, 'https://plan.example/join#CODE')).toBe(before);
      }),
    );
  });

  it('[BUNDLE-5] another run begins anew, and frames of the two never mix', () => {
    const one = frames(new Uint8Array(500).fill(1), 100);
    const two = frames(new Uint8Array(500).fill(2), 100);
    const mixed = read([...one.slice(0, 4), ...two.slice(0, 2), ...two]);
    expect(assembled(mixed)).toEqual({ ok: true, value: new Uint8Array(500).fill(2) });
    expect(assembled(read([...one.slice(0, 4), ...two.slice(0, 1)]))).toEqual({ ok: false, error: 'incomplete' });
  });

  it('[BUNDLE-6] every round shows each frame once, and the next one in another order', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 90 }), fc.nat({ max: 50 }), (count, round) => {
        const order = frameOrder(count, round);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, at) => at));
        if (count > 2) expect(frameOrder(count, round + 1)).not.toEqual(order);
      }),
    );
  });
});
