import type { Answer } from '../../parts/server-memory.tsx';
import { serverFaultWords } from '../../parts/server-fault-words.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';

/** How the server's answer to a list stands: asked for, missing, or older than it could be. */
export function ServerListState({ answer: { known, fault, asking, askAgain } }: { readonly answer: Answer<unknown> }) {
  if (fault === null) return known === undefined && asking ? <p role="status">Asking the server…</p> : null;
  return (
    <Banner
      tone="late"
      icon="warning"
      title={known === undefined ? 'The list can’t be read just now.' : 'The list may be old.'}
      action={
        <Button fit disabled={asking} onClick={askAgain}>
          {asking ? 'Asking the server…' : 'Try again'}
        </Button>
      }
    >
      {serverFaultWords(fault)}
    </Banner>
  );
}
