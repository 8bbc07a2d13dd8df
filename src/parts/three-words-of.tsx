import { lazy, Suspense } from 'react';
import type { PlanHash } from '../domain/ids.ts';
import styles from './three-words-of.module.css';

const Words = lazy(async () => {
  const { threeWords } = await import('../domain/plan/three-words.ts');
  return { default: ({ hash }: { readonly hash: PlanHash }) => <>{threeWords(hash).join('-')}</> };
});

/** A version as two people compare it over a radio. The word list loads beside the first screen, not before it; until then its room is kept free. */
export function ThreeWordsOf({ hash }: { readonly hash: PlanHash }) {
  return (
    <strong>
      <Suspense fallback={<span className={styles.coming} />}>
        <Words hash={hash} />
      </Suspense>
    </strong>
  );
}
