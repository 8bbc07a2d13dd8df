import type { InstallationPort, InstallationState } from '../parts/ports.tsx';

/** The browser's offer to install (Chromium only), missing from TypeScript's own types. */
type InstallOffer = Event & {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
};

/**
 * Follows whether this app is or can be installed. To be called while the page loads: the browser makes its offer once, soon
 * after, and a screen may ask for it much later.
 */
export function watchInstallation(page: Window): InstallationPort {
  let offer: InstallOffer | null = null;
  const listeners = new Set<() => void>();
  const change = (next: InstallOffer | null) => {
    offer = next;
    for (const listener of [...listeners]) listener();
  };
  const standalone = page.matchMedia('(display-mode: standalone)');
  standalone.addEventListener('change', () => change(offer));
  page.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    change(event as InstallOffer);
  });
  page.addEventListener('appinstalled', () => change(null));
  return {
    get: () => stateOf(page, standalone.matches, offer !== null),
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    async ask() {
      const asked = offer;
      if (asked === null) return false;
      // an offer can be used once
      change(null);
      return (await asked.prompt()).outcome === 'accepted';
    },
  };
}

function stateOf(page: Window, standalone: boolean, offered: boolean): InstallationState {
  const isHomeScreenApp = (page.navigator as { readonly standalone?: boolean }).standalone === true;
  if (standalone || isHomeScreenApp) return 'installed';
  if (!page.isSecureContext) return 'insecure';
  if (!('serviceWorker' in page.navigator)) return 'unsupported';
  return offered ? 'offered' : 'by-hand';
}
