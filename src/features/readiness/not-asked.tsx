import type { ServerFault } from '../../domain/ports/server-api.ts';
import { serverFaultWords } from '../../parts/server-fault-words.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';

type NotAskedProps = {
  readonly title: string;
  readonly fault: ServerFault;
  readonly asking: boolean;
  readonly onAgain: () => void;
};

/** What only the server knows, and why it isn't known here. */
export function NotAsked({ title, fault, asking, onAgain }: NotAskedProps) {
  return (
    <Banner
      title={title}
      action={
        <Button fit disabled={asking} onClick={onAgain}>
          Ask again
        </Button>
      }
    >
      {serverFaultWords(fault)}
    </Banner>
  );
}
