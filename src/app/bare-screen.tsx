import { Suspense } from 'react';
import { ToastPlace } from '../ui/toasts.tsx';
import { useFirstScreen } from './first-screen.ts';
import styles from './bare-screen.module.css';

/** A screen before there is anything to navigate: first opening, joining, faults. */
export function BareScreen({ children }: { readonly children: React.ReactNode }) {
  useFirstScreen(true);
  return (
    <div className={styles.bare}>
      <div className={styles.screen}>
        <header className={styles.head}>
          <img className={styles.mark} src="/icons/icon.svg" alt="" width="40" height="40" />
          <p className={styles.name}>Holdfast</p>
        </header>
        <main className={styles.main}>
          <Suspense fallback={null}>{children}</Suspense>
        </main>
      </div>
      <footer>
        <ToastPlace />
      </footer>
    </div>
  );
}
