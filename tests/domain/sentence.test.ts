import { expect, it } from 'vitest';
import { sentence } from '../../src/domain/sentence.ts';

it('[WORDS-7] a sentence ends once, also after a question or a name with a full stop', () => {
  expect(sentence('No task "IT-1"; did you mean "IT-01"?')).toBe('No task "IT-1"; did you mean "IT-01"?');
  expect(sentence('Reported by Sipho D.')).toBe('Reported by Sipho D.');
  expect(sentence('Reported by Ana')).toBe('Reported by Ana.');
});
