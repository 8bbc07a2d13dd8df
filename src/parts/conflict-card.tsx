import { useState } from 'react';
import type { PersonId } from '../domain/ids.ts';
import type { Json } from '../domain/json.ts';
import { sentence } from '../domain/sentence.ts';
import { detailWords, saysWords, type Wording } from '../domain/sync/change-words.ts';
import { conflictSentences, mayRestore } from '../domain/sync/conflict-decisions.ts';
import { isKind } from '../domain/sync/kinds.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ActionRow } from '../ui/stack.tsx';
import styles from './conflict-card.module.css';
import { whenWords } from './time-words.ts';
import { useDeciding, type ShownConflict, type Standing } from './use-decide.ts';
import { useRecord } from './use-live.ts';
import type { Me } from './use-me.ts';
import type { RecordWording } from './use-wording.ts';

/** One change that was overruled, and the two ways on: theirs stays, or it is made again. */
export function ConflictCard({
  conflict,
  me,
  words,
}: {
  readonly conflict: ShownConflict;
  readonly me: Me;
  readonly words: RecordWording;
}) {
  const { kind, key, overruled, winner, decision } = conflict.value;
  const record = useRecord(isKind(kind) ? kind : 'conflict', isKind(kind) ? key : null);
  const { keep, restore } = useDeciding(me.person);
  const [busy, setBusy] = useState(false);
  const { wording, elsewhere } = words;
  const said = conflictSentences(conflict.value, me.person, wording);
  const isMine = overruled.author.person === me.person;
  const stands: Standing = record ?? {
    change: winner.change as Standing['change'],
    stamp: winner.stamp as Standing['stamp'],
    value: (winner.value ?? null) as Standing['value'],
  };
  const may = mayRestore(conflict.value, me) && record?.readOnly !== true;
  const movedOn = record != null && record.change !== winner.change ? nowWords(conflict, record, wording) : null;
  const notes = [detailWords(conflict.value, wording), elsewhere === null ? null : `in “${elsewhere}”`];
  const press = (deciding: Promise<boolean>) => {
    setBusy(true);
    void deciding.then(() => setBusy(false));
  };
  return (
    <Card>
      <div>
        <p className={styles.sentence}>{said.overruled}</p>
        {notes.some((note) => note !== null) ? (
          <p className={styles.quiet}>{notes.filter((note) => note !== null).join(' · ')}</p>
        ) : null}
        {movedOn === null ? null : <p>{movedOn}</p>}
        {decision === 'open' ? null : <p className={styles.quiet}>{decidedWords(conflict, me.person, wording)}</p>}
      </div>
      {decision === 'restored' ? null : (
        <ActionRow>
          {decision === 'open' ? (
            <Button disabled={busy} onClick={() => press(keep(conflict))}>
              {isMine ? 'Keep theirs' : 'Keep it as it is'}
            </Button>
          ) : null}
          {may ? (
            <Button disabled={busy || record === undefined} onClick={() => press(restore(conflict, stands, wording))}>
              {isMine ? 'Restore mine' : `Restore ${said.author}’s`}
            </Button>
          ) : null}
        </ActionRow>
      )}
    </Card>
  );
}

/** What stands since, where somebody changed it after the one that won. */
function nowWords(
  { value }: ShownConflict,
  record: { readonly value: unknown; readonly author: { readonly person: PersonId | null }; readonly at: string },
  wording: Wording,
): string {
  const told = { kind: value.kind, key: value.key, value: (record.value ?? null) as Json, at: record.at as never };
  const says = saysWords(told, wording, (value.overruled.value ?? null) as Json);
  return sentence(`Since then: “${says}”, by ${wording.nameOf(record.author.person)}`);
}

function decidedWords({ value, author, at, unsent }: ShownConflict, me: PersonId, wording: Wording): string {
  const who = author.person === me ? 'you' : wording.nameOf(author.person);
  const what = value.decision === 'kept' ? 'Kept as it is' : 'Restored';
  return `${what} by ${who}, ${whenWords(at, wording.zone, wording.now)}${unsent ? ' · to send' : ''}`;
}
