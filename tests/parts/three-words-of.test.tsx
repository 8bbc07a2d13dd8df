import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { PlanHash } from '../../src/domain/ids.ts';
import { threeWords } from '../../src/domain/plan/three-words.ts';
import { ThreeWordsOf } from '../../src/parts/three-words-of.tsx';

it('[LOOK-10] the mark of a plan is never another one first: its place is empty until its three words are there', async () => {
  const hash = '3f9ac2d1'.repeat(8) as PlanHash;
  const { container } = render(<ThreeWordsOf hash={hash} />);
  expect(container).toHaveTextContent(/^$/);
  expect(await screen.findByText(threeWords(hash).join('-'))).toBeVisible();
});
