import { trainingCsv } from '../../domain/training/training-csv.ts';
import type { KnownTraining } from '../../domain/training/training-due.ts';
import { usePorts } from '../../parts/ports.tsx';
import { roleTitle } from '../../parts/role-badge.tsx';
import { fileTime } from '../../parts/time-words.ts';
import { believedNow } from '../../parts/use-now.ts';
import { nameOf } from '../../parts/use-people.ts';
import { useZone } from '../../parts/use-zone.ts';
import { useWrittenFile } from '../../parts/written-file.tsx';
import { Button } from '../../ui/button.tsx';
import type { PeopleView } from './people-page.tsx';

/** The whole record as one file that a spreadsheet opens. */
export function SaveTraining({ view, known }: { readonly view: PeopleView; readonly known: readonly KnownTraining[] }) {
  const { clock, sync } = usePorts();
  const zone = useZone();
  const { write, said } = useWrittenFile();
  const save = () => {
    const { plan, people } = view;
    const text = trainingCsv(
      known,
      (person) => nameOf(people, person),
      (role) => roleTitle(plan, role),
    );
    write({ name: `holdfast-training-${fileTime(believedNow(clock, sync), zone)}.csv`, type: 'text/csv', text });
  };
  return (
    <>
      {said}
      <Button onClick={save}>Save as a table (CSV)</Button>
    </>
  );
}
