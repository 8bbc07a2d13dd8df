import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { storageFaultWords } from '../parts/fault-words.ts';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';
import { BareScreen } from './bare-screen.tsx';

type FaultScreenProps = {
  readonly fault: StorageFault;
  readonly onRetry: () => void;
  /** Where nothing is left: goes on with an empty storage. */
  readonly onBegin: () => void;
};

/** The storage did not open: said plainly, with what was kept and what to do (reliability.md 29-32). */
export function FaultScreen({ fault, onRetry, onBegin }: FaultScreenProps) {
  const words = storageFaultWords(fault, 'opening');
  return (
    <BareScreen>
      <Page title={words.happened}>
        <p>{words.kept}</p>
        <p>{words.doThis}</p>
        {fault.tag === 'storage-evicted' ? (
          <Button kind="primary" onClick={onBegin}>
            Begin anew
          </Button>
        ) : (
          <Button kind="primary" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Page>
    </BareScreen>
  );
}
