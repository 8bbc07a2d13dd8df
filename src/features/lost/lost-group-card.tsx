import { useState } from 'react';
import type { LostRecord } from '../../domain/ports/lost-records.ts';
import { whenWords } from '../../parts/time-words.ts';
import { useNow } from '../../parts/use-now.ts';
import { useWording } from '../../parts/use-wording.ts';
import { useZone } from '../../parts/use-zone.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CheckField } from '../../ui/field.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { RowList } from '../../ui/stack.tsx';
import type { LostGroup } from './lost-groups.ts';
import { lostAt, lostAuthor, lostWords, type Names } from './lost-words.ts';

const page = 50;
/** So many are read at a glance and stand open. */
const few = 5;

type LostGroupCardProps = {
  readonly group: LostGroup;
  readonly names: Names;
  readonly isChosen: (record: LostRecord) => boolean;
  readonly onChoose: (records: readonly LostRecord[], wanted: boolean) => void;
};

/** One group of lost records: all of it at one press, or each by itself. */
export function LostGroupCard({ group, names, isChosen, onChoose }: LostGroupCardProps) {
  const zone = useZone();
  const now = useNow();
  const wordingOf = useWording();
  const [most, setMost] = useState(page);
  const { title, hint, records } = group;
  const chosen = records.filter(isChosen).length;
  const all = chosen === records.length;
  return (
    <Card label={title}>
      <CheckField
        label={
          <strong>
            {title}: {all ? (chosen === 1 ? '1 record' : `all ${chosen}`) : `${chosen} of ${records.length}`}
          </strong>
        }
        hint={hint}
        checked={all}
        onChecked={(wanted) => onChoose(records, wanted)}
      />
      <Disclosure summary="One by one" open={records.length <= few}>
        <RowList label={title}>
          {records.slice(0, most).map((record) => (
            <li key={record.change}>
              <CheckField
                label={lostWords(record, wordingOf(record.kind, record.key).wording, names)}
                hint={[
                  lostAuthor(record, names),
                  whenWords(lostAt(record), zone, now),
                  record.hasOlder ? 'the server has an older state' : null,
                ]
                  .filter((part) => part !== null)
                  .join(' · ')}
                checked={isChosen(record)}
                onChecked={(wanted) => onChoose([record], wanted)}
              />
            </li>
          ))}
        </RowList>
        {records.length > most ? (
          <Button onClick={() => setMost(most + page)}>Show more: {records.length - most} left</Button>
        ) : null}
      </Disclosure>
    </Card>
  );
}
