import { createHash, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceId, PlanHash } from '../../../src/domain/ids.ts';
import { parseChangeId } from '../../../src/domain/ids.ts';
import { incidentCode, incidentCodeBytes, readIncidentCode } from '../../../src/domain/incident/incident-code.ts';
import { incidentId } from '../../../src/domain/incident/incident-id.ts';
import { bip39English } from '../../../src/domain/plan/bip39-english.ts';
import { itemHash, planHash, planHashOf } from '../../../src/domain/plan/plan-hash.ts';
import { threeWords } from '../../../src/domain/plan/three-words.ts';
import { base64url, fromBase64url } from '../../../src/domain/sync/base64url.ts';
import { canonicalJson } from '../../../src/domain/sync/canonical-json.ts';
import { joinCode, joinCodeHash, normalJoinCode, shownJoinCode } from '../../../src/domain/sync/codes.ts';
import { deviceId } from '../../../src/domain/sync/device-id.ts';
import { sha256Hex, utf8Length } from '../../../src/domain/sync/hash.ts';
import { enrolMessage, previousMessage, sessionMessage } from '../../../src/domain/sync/signing.ts';
import { uuid7 } from '../../../src/domain/sync/uuid7.ts';
import { samplePlan } from '../../support/sample-plan.ts';

const settings = { numRuns: 300, seed: 20261123 };
const nodeHex = (text: string) => createHash('sha256').update(text).digest('hex');

describe('canonical JSON (RFC 8785)', () => {
  it('[IDS] sorts by UTF-16 code units and writes numbers as ECMAScript does', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}');
    expect(canonicalJson([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    );
    expect(canonicalJson({ b: [true, null, 'é"\n'], a: {} })).toBe('{"a":{},"b":[true,null,"é\\"\\n"]}');
  });

  it('[IDS] does not depend on the order in which fields were written, and reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as never);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value) as never)).toBe(text);
        expect(text.length).toBe(JSON.stringify(value).length);
      }),
      settings,
    );
  });
});

describe('hashes and encodings', () => {
  it('[IDS] SHA-256 is the one of the platform', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(sha256Hex(text)).toBe(nodeHex(text));
        expect(utf8Length(text)).toBe(Buffer.byteLength(text));
      }),
      settings,
    );
  });

  it('[IDS] base64url has no padding, reads back, and refuses anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = base64url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64url(text)).toEqual(Uint8Array.from(bytes));
      }),
      settings,
    );
    expect(['=', 'A', 'AA=', 'A+', 'AB', 'ä'].map(fromBase64url)).toEqual([null, null, null, null, null, null]);
  });
});

describe('plan hash', () => {
  it('[IDS] is over the sorted hashes of the items, each with a line feed', () => {
    const hashes = samplePlan.map((item) => nodeHex(canonicalJson(item)));
    const expected = nodeHex(
      [...hashes]
        .sort()
        .map((hash) => `${hash}\n`)
        .join(''),
    );
    expect(planHash({ items: samplePlan, withheld: [] })).toBe(expected);
    expect(planHashOf(hashes)).toBe(expected);
  });

  it('[IDS] does not change when items are withheld as hashes or stand in another order, and does with every edit and salt', () => {
    const whole = planHash({ items: samplePlan, withheld: [] });
    expect(planHash({ items: samplePlan.slice(3).toReversed(), withheld: samplePlan.slice(0, 3).map(itemHash) })).toBe(
      whole,
    );
    const [header, ...rest] = samplePlan;
    expect(planHash({ items: [{ ...header, salt: 'B'.repeat(22) }, ...rest], withheld: [] })).not.toBe(whole);
  });

  it('[IDS] three words are its first 33 bits in the BIP-39 list', () => {
    expect(bip39English).toHaveLength(2048);
    expect(new Set(bip39English.map((word) => word.slice(0, 4))).size).toBe(2048);
    expect([bip39English[0], bip39English[1023], bip39English[2047]]).toEqual(['abandon', 'lend', 'zoo']);
    expect(threeWords('0'.repeat(64))).toEqual(['abandon', 'abandon', 'abandon']);
    expect(threeWords('f'.repeat(64))).toEqual(['zoo', 'zoo', 'zoo']);
    // 00000000001 00000000010 00000000011, then a bit that does not count
    expect(threeWords('002008018'.padEnd(64, '0'))).toEqual(
      [bip39English[1], bip39English[2], bip39English[3]].map(String),
    );
    expect(threeWords('00200801f'.padEnd(64, 'a'))).toEqual(threeWords('002008018'.padEnd(64, '0')));
  });
});

describe('incidents', () => {
  it('[IDS] an id is the first 16 digits over plan, mode and code', () => {
    const plan = 'a'.repeat(64) as PlanHash;
    expect(incidentId(plan, 'exercise', 'dakumofi')).toBe(
      nodeHex(`holdfast-incident-1\n${plan}\nexercise\ndakumofi`).slice(0, 16),
    );
    expect(incidentId(plan, 'incident', 'dakumofi')).not.toBe(incidentId(plan, 'exercise', 'dakumofi'));
  });

  it('[IDS] a code is four sayable syllables that read back as heard', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: incidentCodeBytes, maxLength: incidentCodeBytes }), (random) => {
        const code = incidentCode(random);
        expect(code).toMatch(/^([bdfgklmnprstvz][aeiou]){4}$/);
        expect(readIncidentCode(` ${code.slice(0, 4).toUpperCase()}-${code.slice(4)} `)).toBe(code);
      }),
      settings,
    );
    expect(['', 'x', 'dak5', 'dé'].map(readIncidentCode)).toEqual([null, null, null, null]);
  });
});

describe('devices and changes', () => {
  it('[IDS] a device is named by the RFC 7638 thumbprint of its key', () => {
    const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
    expect(deviceId({ x, y })).toBe(nodeHex(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`).slice(0, 16));
  });

  it('[IDS] a UUIDv7 is well-formed with any clock, and sorts by it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e15, max: 1e15 }),
        fc.uint8Array({ minLength: 10, maxLength: 10 }),
        (now, random) => {
          expect(parseChangeId(uuid7(now, random)).ok).toBe(true);
        },
      ),
      settings,
    );
    const bytes = new Uint8Array(10);
    expect(uuid7(1_700_000_000_000, bytes) < uuid7(1_700_000_000_001, bytes)).toBe(true);
    expect(uuid7(1_700_000_000_000, bytes)).toBe('018bcfe5-6800-7000-8000-000000000000');
  });

  it('[ENROL] what is signed is exact to the byte', () => {
    const origin = 'https://plan.example';
    expect(enrolMessage(origin, 'C0DE')).toBe('holdfast-enrol-1\nhttps://plan.example\nC0DE');
    expect(previousMessage(origin, 'token')).toBe('holdfast-enrol-1\nhttps://plan.example\ntoken');
    expect(sessionMessage(origin, '0123456789abcdef' as DeviceId, 'n0')).toBe(
      'holdfast-session-1\nhttps://plan.example\n0123456789abcdef\nn0',
    );
  });
});

describe('join codes', () => {
  it('[CODES] case, spaces and dashes do not count; O reads as 0, I and L as 1', () => {
    expect(normalJoinCode(' 7k3m-oil0 abcd-EFGH ')).toBe('7K3M0110ABCDEFGH');
    expect(['short', 'ABCDEFGHJKU0', 'ABCDEFGHJKM!', 'A'.repeat(65), 'A'.repeat(100_000)].map(normalJoinCode)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('[CODES] a new code has 16 characters, survives being shown and typed, and hashes in its normal form', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (random) => {
        const code = joinCode(random);
        expect(code).toHaveLength(16);
        expect(normalJoinCode(shownJoinCode(code).toLowerCase())).toBe(code);
        expect(joinCodeHash(code)).toBe(nodeHex(code));
      }),
      settings,
    );
    expect(shownJoinCode('ABCDEFGHJKMN')).toBe('ABCD-EFGH-JKMN');
    expect(joinCode(Uint8Array.from([0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0]))).toBe('ZZZZZZZZ00000000');
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, member]) => [name, reversed(member)]),
  );
}
