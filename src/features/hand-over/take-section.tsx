import { useState } from 'react';
import type { HandOver, HandOverSummary, TakeFault, Way } from '../../domain/ports/hand-over.ts';
import { unreachable } from '../../domain/result.ts';
import { counted } from '../../parts/amount-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { whenWords } from '../../parts/time-words.ts';
import { useNow } from '../../parts/use-now.ts';
import { usePeople } from '../../parts/use-people.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { RowList, Stack } from '../../ui/stack.tsx';
import { fromInWords, summaryInWords, takeFaultWords } from './hand-over-words.ts';
import { TakeCodes } from './take-codes.tsx';
import styles from './hand-over.module.css';

type Taking =
  | { readonly state: 'idle' }
  | { readonly state: 'camera' }
  | { readonly state: 'asking'; readonly text: string; readonly way: Way; readonly summary: HandOverSummary }
  | { readonly state: 'taken'; readonly summary: HandOverSummary }
  | { readonly state: 'fault'; readonly fault: TakeFault };

/** Taking another phone's work over: read, said in words, and only then taken. */
export function TakeSection({
  port,
  zone,
  first,
}: {
  readonly port: HandOver;
  readonly zone: string;
  /** There is nothing to give, so this is what one came for. */
  readonly first: boolean;
}) {
  const { sync } = usePorts();
  const [taking, setTaking] = useState<Taking>({ state: 'idle' });
  const look = async (text: string, way: Way) => {
    const summary = await port.inspect(text, way);
    setTaking(
      summary.ok ? { state: 'asking', text, way, summary: summary.value } : { state: 'fault', fault: summary.error },
    );
  };
  const take = async (text: string, way: Way) => {
    const taken = await port.take(text, way);
    setTaking(taken.ok ? { state: 'taken', summary: taken.value } : { state: 'fault', fault: taken.error });
    if (taken.ok) sync.nudge('asked');
  };
  return (
    <section aria-labelledby="take">
      <Stack close>
        <GroupTitle id="take">Take</GroupTitle>
        <Took taking={taking} zone={zone} onText={look} onTake={take} onClose={() => setTaking({ state: 'idle' })} />
        <Card>
          <p>What another phone gives is kept here, and brought to the server for it.</p>
          <Button kind={first ? 'primary' : 'secondary'} onClick={() => setTaking({ state: 'camera' })}>
            Read codes
          </Button>
          <FileField
            label="Or open a file"
            hint="A text file named holdfast-hand-over"
            accept=".txt,.json,text/plain,application/json"
            onFile={(file) => void file.text().then((text) => look(text, 'file'))}
          />
        </Card>
      </Stack>
    </section>
  );
}

function Took({
  taking,
  zone,
  onText,
  onTake,
  onClose,
}: {
  readonly taking: Taking;
  readonly zone: string;
  readonly onText: (text: string, way: Way) => Promise<void>;
  readonly onTake: (text: string, way: Way) => Promise<void>;
  readonly onClose: () => void;
}) {
  switch (taking.state) {
    case 'idle':
      return null;
    case 'camera':
      return <TakeCodes onText={(text) => void onText(text, 'camera')} onClose={onClose} />;
    case 'asking':
      return (
        <AskDialog
          summary={taking.summary}
          zone={zone}
          onTake={() => onTake(taking.text, taking.way)}
          onClose={onClose}
        />
      );
    case 'taken':
      return <Taken summary={taking.summary} />;
    case 'fault':
      return (
        <Banner tone="stop" icon="warning" title="Nothing was taken over.">
          <p>{takeFaultWords(taking.fault)}</p>
        </Banner>
      );
    default:
      return unreachable(taking);
  }
}

function AskDialog({
  summary,
  zone,
  onTake,
  onClose,
}: {
  readonly summary: HandOverSummary;
  readonly zone: string;
  readonly onTake: () => Promise<void>;
  readonly onClose: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const now = useNow();
  return (
    <Dialog title="Take this over?" onClose={onClose}>
      <p>
        <strong>{summaryInWords(summary)}</strong>
      </p>
      <Authors summary={summary} />
      <p>
        Given {whenWords(summary.packedAt, zone, now)} by that phone’s clock, and signed there: nobody changed it since.
        Whose work it is, is what that phone says; the server has not confirmed it yet.
      </p>
      <DialogActions>
        {summary.news === 0 ? null : (
          <Button
            kind="primary"
            disabled={busy}
            onClick={() => {
              setBusy(true);
              void onTake();
            }}
          >
            Take over
          </Button>
        )}
        <Button onClick={onClose}>{summary.news === 0 ? 'Close' : 'Not now'}</Button>
      </DialogActions>
    </Dialog>
  );
}

function Taken({ summary }: { readonly summary: HandOverSummary }) {
  return (
    <Banner tone="good" icon="check" title={`Taken over: ${counted(summary.news, 'change')}.`}>
      <div role="status" className={styles.taken}>
        <Authors summary={summary} />
        <p>Kept on this phone and shown as not yet on the server. It is brought there as soon as it can be reached.</p>
      </div>
    </Banner>
  );
}

function Authors({ summary }: { readonly summary: HandOverSummary }) {
  const people = usePeople();
  return (
    <RowList>
      {summary.from.map((from) => (
        <li key={from.device}>{fromInWords(from, people)}</li>
      ))}
    </RowList>
  );
}
