import type { RefusedAct } from '../../domain/sync/refused-acts.ts';
import { instant } from '../../domain/time.ts';
import { usePorts } from '../../parts/ports.tsx';
import { refusalWords } from '../../parts/refusal-words.ts';
import { fileTime } from '../../parts/time-words.ts';
import { believedNow } from '../../parts/use-now.ts';
import type { RecordWording } from '../../parts/use-wording.ts';
import { useWrittenFile } from '../../parts/written-file.tsx';
import { Button } from '../../ui/button.tsx';
import { actWords } from './refused-card.tsx';

/** Everything that was refused as one file, in words and whole, for whoever can put it in another way. */
export function SaveRefused({
  acts,
  wordingOf,
  zone,
}: {
  readonly acts: readonly RefusedAct[];
  readonly wordingOf: (kind: string, key: string) => RecordWording;
  readonly zone: string;
}) {
  const { clock, sync } = usePorts();
  const { write, said } = useWrittenFile();
  const save = () => {
    const now = believedNow(clock, sync);
    const text = JSON.stringify(refusedFile(acts, wordingOf, now), null, 2);
    write({ name: `holdfast-refused-${fileTime(now, zone)}.json`, type: 'application/json', text });
  };
  return (
    <>
      {said}
      <Button onClick={save}>Save all of them into one file</Button>
    </>
  );
}

function refusedFile(
  acts: readonly RefusedAct[],
  wordingOf: (kind: string, key: string) => RecordWording,
  now: number,
) {
  return {
    format: 'holdfast-refused/1',
    writtenAt: instant(now),
    refused: acts.map((act) => ({
      what: actWords(act, wordingOf(act.first.kind, act.first.key)),
      savedAt: act.first.wall,
      why: refusalWords(act.first.reason),
      changes: act.changes,
    })),
  };
}
