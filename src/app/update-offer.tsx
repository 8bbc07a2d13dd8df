import { useEffect, useState, useSyncExternalStore } from 'react';
import { Button } from '../ui/button.tsx';
import { afterFirstScreen } from './first-screen.ts';
import type { AppUpdate } from './update.ts';
import styles from './update-offer.module.css';

/** Offers a new version when one waits; never forces it. */
export function UpdateOffer() {
  const [update, setUpdate] = useState<AppUpdate | null>(null);
  useEffect(() => {
    const life = new AbortController();
    // A build under development changes with every keystroke; a service worker would serve yesterday's.
    if (import.meta.env.PROD) {
      void afterFirstScreen()
        .then(() => import('./register-service-worker.ts'))
        .then(({ registerServiceWorker }) => {
          if (!life.signal.aborted) setUpdate(registerServiceWorker(life.signal));
        });
    }
    return () => life.abort();
  }, []);
  return update === null ? null : <Offer update={update} />;
}

export function Offer({ update }: { readonly update: AppUpdate }) {
  const { updateReady, offer } = useSyncExternalStore(update.subscribe, update.get);
  const [later, setLater] = useState(0);
  if (!updateReady || later === offer) return null;
  return (
    <section className={styles.offer} aria-label="Update">
      <p role="status">
        <strong>Update ready.</strong> Everything saved stays.
      </p>
      <Button fit onClick={() => update.apply()}>
        Update now
      </Button>
      <Button fit kind="quiet" onClick={() => setLater(offer)}>
        Later
      </Button>
    </section>
  );
}
