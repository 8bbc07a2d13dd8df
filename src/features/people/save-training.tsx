import { useEffect, useState } from 'react';
import { trainingCsv } from '../../domain/training/training-csv.ts';
import type { KnownTraining } from '../../domain/training/training-due.ts';
import { usePorts } from '../../parts/ports.tsx';
import { roleTitle } from '../../parts/role-badge.tsx';
import { fileTime } from '../../parts/time-words.ts';
import { believedNow } from '../../parts/use-now.ts';
import { nameOf } from '../../parts/use-people.ts';
import { useZone } from '../../parts/use-zone.ts';
import { handOver, WrittenFile } from '../../parts/written-file.tsx';
import { Button } from '../../ui/button.tsx';
import type { PeopleView } from './people-page.tsx';

/** The whole record as one file that a spreadsheet opens. */
export function SaveTraining({ view, known }: { readonly view: PeopleView; readonly known: readonly KnownTraining[] }) {
  const { clock, sync } = usePorts();
  const zone = useZone();
  const [made, setMade] = useState<{ readonly file: File; readonly address: string } | null>(null);
  useEffect(() => (made === null ? undefined : () => URL.revokeObjectURL(made.address)), [made]);
  const save = () => {
    const { plan, people } = view;
    const text = trainingCsv(
      known,
      (person) => nameOf(people, person),
      (role) => (plan === null ? role : roleTitle(plan, role)),
    );
    const name = `holdfast-training-${fileTime(believedNow(clock, sync), zone)}.csv`;
    // a spreadsheet takes the file for UTF-8 only by this mark
    const file = new File(['\ufeff', text], name, { type: 'text/csv' });
    const address = URL.createObjectURL(file);
    setMade({ file, address });
    handOver(address, name);
  };
  return (
    <>
      {made === null ? null : <WrittenFile file={made.file} address={made.address} />}
      <Button onClick={save}>Save as a table (CSV)</Button>
    </>
  );
}
