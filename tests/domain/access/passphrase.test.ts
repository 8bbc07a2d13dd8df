import { describe, expect, it } from 'vitest';
import { passphraseStrength, passphraseText } from '../../../src/domain/access/passphrase.ts';
import { suggestedPassphrase, suggestionBytes } from '../../../src/domain/access/suggested-passphrase.ts';

describe('a passphrase', () => {
  it.each([
    ['', 'short'],
    ['elevenchars', 'short'],
    ['           a', 'short'],
    ['aaaaaaaaaaaaaaaa', 'plain'],
    ['abcabcabcabcabc', 'plain'],
    ['1029384756 102', 'plain'],
    ['grey heron nest', 'fair'],
    ['a grey heron nests', 'good'],
    ['Tr0ub4dor&3-and-more-of-it', 'good'],
  ])('[SEAL-14] %j is %s', (typed, strength) => {
    expect(passphraseStrength(typed)).toBe(strength);
  });

  it('[SEAL-14] is the same, whatever spaces a keyboard adds and however it composes letters', () => {
    expect(passphraseText(' fu\u0308nf  graue\u00a0Reiher ')).toBe('f\u00fcnf graue Reiher');
  });

  it('[SEAL-14] that is suggested has six words and uses all of its chance', () => {
    const some = suggestedPassphrase(new Uint8Array(suggestionBytes).fill(0x5a));
    expect(some.split(' ')).toHaveLength(6);
    expect(passphraseStrength(some)).toBe('good');
    for (let place = 0; place < 8; place += 1) {
      const other = new Uint8Array(suggestionBytes).fill(0x5a);
      other[place] = 0xa5;
      expect(suggestedPassphrase(other)).not.toBe(some);
    }
  });
});
