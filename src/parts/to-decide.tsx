import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { useAnnounce } from '../ui/announcer.tsx';
import { counted } from './amount-words.ts';
import styles from './to-decide.module.css';
import { useConflicts } from './use-conflicts.ts';

/** What waits for this person's word, on every screen beside the sync line; nothing while nothing does. */
export function ToDecide({ refused }: { readonly refused: number }) {
  const overruled = useConflicts()?.open.length ?? 0;
  useAnnounced(overruled, 'overruled');
  useAnnounced(refused, 'refused');
  if (overruled + refused === 0) return null;
  return (
    <span className={styles.links}>
      {overruled === 0 ? null : (
        <Link href="/conflicts" className={styles.link}>
          {overruled} overruled
        </Link>
      )}
      {refused === 0 ? null : (
        <Link href="/refused" className={styles.link}>
          {refused} refused
        </Link>
      )}
    </span>
  );
}

/** Who doesn't see the line hears when it says more than before. */
function useAnnounced(count: number, what: string): void {
  const announce = useAnnounce();
  const before = useRef(0);
  useEffect(() => {
    if (count > before.current) announce(`${counted(count, 'change')} ${what}`, 'polite');
    before.current = count;
  }, [count, what, announce]);
}
