import { useState } from 'react';
import type { Json } from '../../domain/json.ts';
import type { Draft } from '../../domain/ports/records.ts';
import type { QuarantinedChange } from '../../domain/ports/server-api.ts';
import { saysTheSame } from '../../domain/sync/canonical-json.ts';
import { storageFaultWords } from '../../parts/fault-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { whenWords } from '../../parts/time-words.ts';
import { useWording } from '../../parts/use-wording.ts';
import { useWrite } from '../../parts/use-write.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { puttable, quarantinedWords, quarantineReason, type Puttable } from './quarantine-words.ts';

/** One change that was not taken, and the press that puts it in. */
export function QuarantinedCard({ change }: { readonly change: QuarantinedChange }) {
  const { records } = usePorts();
  const write = useWrite();
  const toast = useToast();
  const [stands, setStands] = useState(false);
  const [busy, setBusy] = useState(false);
  const { wording, elsewhere } = useWording()(change.kind ?? '', change.key ?? '');
  const words = quarantinedWords(change, wording);
  const asMine = puttable(change);
  const putIn = async ({ kind, key, value }: Puttable) => {
    const now = await records.read(kind, key);
    if (!now.ok) return toast({ words: storageFaultWords(now.error, 'reading').happened, tone: 'loud' });
    if (now.value !== null && saysTheSame(now.value.value as Json, value)) return setStands(true);
    const shown = now.value === null ? null : { change: now.value.change, stamp: now.value.stamp };
    const saved = await write([{ kind, key, value, shown } as Draft]);
    if (saved === null) return undefined;
    setStands(true);
    return toast({ words: 'Put in as your change' });
  };
  const press = async (what: Puttable) => {
    setBusy(true);
    await putIn(what);
    setBusy(false);
  };
  return (
    <Card label={words}>
      <div>
        <strong>{words}</strong>
        <p>
          {quarantineReason(change)} Refused {whenWords(change.at, wording.zone, wording.now)}
          {elsewhere === null ? '' : `, of “${elsewhere}”`}.
        </p>
        {stands ? <p role="status">It is in the record now.</p> : null}
      </div>
      {asMine === null || stands ? null : (
        <Button disabled={busy} onClick={() => void press(asMine)}>
          {busy ? 'Putting it in…' : 'Put in as mine'}
        </Button>
      )}
    </Card>
  );
}
