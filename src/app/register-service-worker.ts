import { Workbox } from 'workbox-window';
import { scriptAddress } from '../parts/script-address.ts';
import { watchTyping } from './typing.ts';
import { createAppUpdate, type AppUpdate, type Installation } from './update.ts';

/**
 * Registers the service worker and follows its updates until `signal` aborts; null where the browser has none (private mode,
 * Lockdown Mode). A registration that fails leaves the app running as it is, from the network.
 */
export function registerServiceWorker(signal: AbortSignal): AppUpdate | null {
  if (!('serviceWorker' in navigator)) return null;
  const workbox = new Workbox(scriptAddress('/sw.js'));
  // a refused certificate or a script that can't be had: tried again at the next opening
  const registered = workbox.register().catch(() => undefined);
  return createAppUpdate(
    {
      installation: installationOf(workbox, registered),
      typing: watchTyping(document),
      reload: () => window.location.reload(),
      now: () => performance.now(),
      onForeground(listener, until) {
        document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && listener(), {
          signal: until,
        });
      },
    },
    signal,
  );
}

function installationOf(workbox: Workbox, registered: Promise<ServiceWorkerRegistration | undefined>): Installation {
  return {
    onWaiting: (listener) =>
      void registered.then((registration) => registration && onEachWaiting(registration, listener)),
    onTakenOver(listener) {
      let hadController = navigator.serviceWorker.controller !== null;
      navigator.serviceWorker.addEventListener('controllerchange', () => {
        listener(hadController ? 'other' : 'first');
        hadController = true;
      });
    },
    takeOver: () => workbox.messageSkipWaiting(),
    check: () => workbox.update().catch(() => undefined),
  };
}

/** Workbox tells of one further version and then listens no more; a tab may stay open over many. */
function onEachWaiting(registration: ServiceWorkerRegistration, listener: () => void): void {
  if (registration.waiting !== null) listener();
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    installing?.addEventListener('statechange', () => {
      // the first one of all waits for nobody
      if (installing.state === 'installed' && registration.active !== null) listener();
    });
  });
}
