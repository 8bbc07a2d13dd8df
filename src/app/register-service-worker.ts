import { Workbox } from 'workbox-window';
import { watchTyping } from './typing.ts';
import { createAppUpdate, type AppUpdate, type Installation } from './update.ts';

/**
 * Registers the service worker and follows its updates until `signal` aborts; null where the browser has none (private mode,
 * Lockdown Mode). A registration that fails leaves the app running as it is, from the network.
 */
export function registerServiceWorker(signal: AbortSignal): AppUpdate | null {
  if (!('serviceWorker' in navigator)) return null;
  const workbox = new Workbox(scriptUrl());
  const update = createAppUpdate(
    {
      installation: installationOf(workbox),
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
  // a refused certificate or a script that can't be had: tried again at the next opening
  workbox.register().catch(() => undefined);
  return update;
}

function installationOf(workbox: Workbox): Installation {
  return {
    onWaiting: (listener) => workbox.addEventListener('waiting', listener),
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

const path = '/sw.js';

/** Trusted Types (W3C) are missing from TypeScript's own types; a TrustedScriptURL passes wherever a URL's string does. */
type TrustedTypes = {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
};

/** With Trusted Types enforced, a plain string would be refused; the policy makes this one address and no other. */
function scriptUrl(): string {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  if (trustedTypes === undefined) return path;
  const policy = trustedTypes.createPolicy('holdfast-sw', {
    createScriptURL(url) {
      if (url !== path) throw new TypeError(`not the service worker: ${url}`);
      return url;
    },
  });
  return policy.createScriptURL(path);
}
