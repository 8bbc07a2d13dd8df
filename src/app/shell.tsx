import { Suspense, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { SettledProvider } from '../parts/settled.ts';
import { SyncLine } from '../parts/sync-line.tsx';
import { useIncident } from '../parts/incident.tsx';
import { useZone } from '../parts/use-zone.ts';
import { ToastPlace } from '../ui/toasts.tsx';
import { useMedia } from '../ui/use-media.ts';
import { Alarms } from './alarms.tsx';
import { classNames } from '../ui/class-names.ts';
import { useFirstScreen } from './first-screen.ts';
import { Header } from './header.tsx';
import { Navigation } from './navigation.tsx';
import type { Screen } from './screens.tsx';
import { ExerciseStripe } from './stripe.tsx';
import styles from './shell.module.css';

/** What stands around every screen: stripe, header, navigation, toast and sync line. */
export function Shell({ screen, children }: { readonly screen: Screen | null; readonly children: React.ReactNode }) {
  const main = useRef<HTMLElement>(null);
  const wall = useMedia('(min-width: 1600px)') && screen?.wall === true;
  const zone = useZone();
  const settled = useFirstScreen(useIncident().state !== 'reading');
  useTitle(screen);
  useFocusOnArrival(main);
  useEffect(() => {
    document.documentElement.toggleAttribute('data-wall', wall);
    return () => document.documentElement.removeAttribute('data-wall');
  }, [wall]);
  return (
    <SettledProvider value={settled}>
      <div className={classNames(styles.shell, wall && styles.wall)}>
        <a className={styles.skip} href="#main">
          Skip to the screen
        </a>
        <header className={styles.top}>
          <ExerciseStripe />
          <Header />
          <Alarms />
        </header>
        <main id="main" ref={main} className={styles.main} tabIndex={-1}>
          <Suspense fallback={null}>{children}</Suspense>
        </main>
        <footer className={styles.foot}>
          <ToastPlace />
          <SyncLine zone={zone} />
        </footer>
        <div className={styles.nav}>
          <Navigation />
        </div>
      </div>
    </SettledProvider>
  );
}

function useTitle(screen: Screen | null): void {
  useEffect(() => {
    document.title = screen === null ? 'Holdfast' : `${screen.title} · Holdfast`;
  }, [screen]);
}

/** After going to another screen the reader starts at its title; on the first screen the browser's own start is right. */
function useFocusOnArrival(main: React.RefObject<HTMLElement | null>): void {
  const [location] = useLocation();
  const arrived = useRef(location);
  useEffect(() => {
    if (arrived.current === location) return undefined;
    arrived.current = location;
    const frame = requestAnimationFrame(() => {
      const titles = ['[data-opened] [tabindex="-1"]', 'h1[tabindex="-1"]'].flatMap((each) => [
        ...(main.current?.querySelectorAll<HTMLElement>(each) ?? []),
      ]);
      const title = titles.find((each) => each.offsetParent !== null);
      const pane = title?.closest('[data-scroller="detail"]') ?? null;
      // It may still stand where the part before was read to.
      if (pane !== null) pane.scrollTop = 0;
      (title ?? main.current)?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [location, main]);
}
