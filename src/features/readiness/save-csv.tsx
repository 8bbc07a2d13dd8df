import type { RoleId } from '../../domain/ids.ts';
import { readinessCsv } from '../../domain/readiness/readiness-csv.ts';
import { instant } from '../../domain/time.ts';
import { roleTitle } from '../../parts/role-badge.tsx';
import { fileTime } from '../../parts/time-words.ts';
import { useZone } from '../../parts/use-zone.ts';
import { useWrittenFile } from '../../parts/written-file.tsx';
import { Button } from '../../ui/button.tsx';
import type { ReadinessView } from './readiness-page.tsx';

/** The board as it stands now, as a table for auditors. */
export function SaveCsv({ view: { roster, people, reminders } }: { readonly view: ReadinessView }) {
  const zone = useZone();
  const { write, said } = useWrittenFile();
  const save = () => {
    const title = (role: string) => roleTitle(roster.plan, role as RoleId);
    const text = readinessCsv(people, instant(roster.now), title, reminders.known?.latest);
    write({ name: `holdfast-readiness-${fileTime(roster.now, zone)}.csv`, type: 'text/csv', text });
  };
  return (
    <>
      <Button onClick={save}>Save readiness as CSV</Button>
      {said}
    </>
  );
}
