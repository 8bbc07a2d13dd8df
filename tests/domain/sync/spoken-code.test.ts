import { describe, expect, it } from 'vitest';
import { joinCode, radioCode, findPart } from '../../../src/domain/sync/codes.ts';
import { spokenCode } from '../../../src/domain/sync/spoken-code.ts';

describe('a code for the radio', () => {
  it('[RADIO] has twelve characters, the first four to find it; longer codes are found by no part', () => {
    const code = radioCode(new Uint8Array(10).fill(255));
    expect(code).toEqual({ normal: 'ZZZZZZZZZZZZ', find: 'ZZZZ' });
    expect(findPart(code.normal)).toBe(code.find);
    expect(findPart(joinCode(new Uint8Array(10)))).toBeNull();
  });

  it('[RADIO] is said in groups of four, a different word for every character', () => {
    expect(spokenCode('7K3MX0')).toEqual([
      ['seven', 'Kilo', 'three', 'Mike'],
      ['X-ray', 'zero'],
    ]);
    const all = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    const words = spokenCode(all).flat();
    expect(new Set(words).size).toBe(32);
    expect(words.every((word) => word.length > 2)).toBe(true);
  });
});
