import { useEffect } from 'react';
import { LivesProvider } from '../parts/life.tsx';
import { Announcer } from '../ui/announcer.tsx';
import { later } from '../ui/later.tsx';
import { ToastProvider, useToast } from '../ui/toasts.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { FaultScreen } from './fault-screen.tsx';
import { OpenApp } from './open-app.tsx';
import { SlowOpening } from './slow-opening.tsx';
import { UpdateOffer } from './update-offer.tsx';
import { useLifeOf } from './use-life.ts';

// what an app without seals takes for a newer one's may be sealed
const SealedStart = later(async () => (await import('./sealed-start.tsx')).SealedStart);

/** The whole app: opens the storage, then shows what this device's life calls for. */
export function App() {
  const { opening, lives, retry, beginAnew, unseal } = useLifeOf();
  return (
    <ErrorBoundary>
      <Announcer>
        <ToastProvider>
          <LivesProvider value={lives}>
            {opening.state === 'opening' ? <SlowOpening /> : null}
            {opening.state !== 'fault' ? null : opening.fault.tag === 'storage-newer' ? (
              <SealedStart opening={opening} onRetry={retry} onUnsealed={unseal} />
            ) : (
              <FaultScreen fault={opening.fault} onRetry={retry} onBegin={beginAnew} />
            )}
            {opening.state === 'open' ? <OpenApp key={opening.life.ports.life} ports={opening.life.ports} /> : null}
            {opening.state === 'open' && opening.lookAroundFailed ? <LookAroundFailed /> : null}
            <UpdateOffer />
          </LivesProvider>
        </ToastProvider>
      </Announcer>
    </ErrorBoundary>
  );
}

function LookAroundFailed() {
  const toast = useToast();
  useEffect(() => toast({ words: 'Look around could not be opened. This is your own Holdfast.' }), [toast]);
  return null;
}
