import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { storageFaultWords } from '../parts/fault-words.ts';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { BareScreen } from './bare-screen.tsx';

/** The storage did not open: said plainly, with what was kept and what to do (reliability.md 29-32). */
export function FaultScreen({ fault, onRetry }: { readonly fault: StorageFault; readonly onRetry: () => void }) {
  const words = storageFaultWords(fault, 'opening');
  return (
    <BareScreen>
      <Page title={words.happened}>
        <p>{words.kept}</p>
        <p>{words.doThis}</p>
        <Button kind="primary" onClick={onRetry}>
          Try again
        </Button>
      </Page>
    </BareScreen>
  );
}
