import { describe, expect, it } from 'vitest';
import { paragraphs } from '../../../src/features/print/paper-document.ts';
import { paperOf } from '../../../src/features/print/paper.ts';

describe('paper', () => {
  it('[PRINT-20] is what was chosen last, else what is usual where the language is spoken', () => {
    expect(paperOf('letter', ['en-GB'])).toBe('letter');
    expect(paperOf(null, ['en-ZA', 'en-US'])).toBe('a4');
    expect(paperOf(null, ['en-US'])).toBe('letter');
    expect(paperOf('foolscap', [])).toBe('a4');
  });

  it('[PRINT-21] takes long texts in pieces between sentences or words, and loses none', () => {
    const text = `${'word '.repeat(300)}\n\nSecond paragraph`;
    const pieces = paragraphs(text, 100);
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(100);
    expect(pieces.join(' ').replaceAll(/\s+/g, ' ')).toBe(text.trim().replaceAll(/\s+/g, ' '));
    expect(paragraphs('x'.repeat(250), 100)).toHaveLength(3);
    expect(paragraphs('Call them. Say what is known. Ask for help.', 32)).toEqual([
      'Call them. Say what is known.',
      'Ask for help.',
    ]);
    expect(paragraphs('🔥'.repeat(4), 5)).toEqual(['🔥🔥', '🔥🔥']);
  });
});
