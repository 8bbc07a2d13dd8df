import { useEffect, useState } from 'react';
import type { RoleId } from '../../domain/ids.ts';
import { readinessCsv } from '../../domain/readiness/readiness-csv.ts';
import { instant } from '../../domain/time.ts';
import { roleTitle } from '../../parts/role-badge.tsx';
import { fileTime } from '../../parts/time-words.ts';
import { useZone } from '../../parts/use-zone.ts';
import { handOver, WrittenFile } from '../../parts/written-file.tsx';
import { Button } from '../../ui/button.tsx';
import type { ReadinessView } from './readiness-page.tsx';

/** Spreadsheets take a file without this mark for one in their own country's letters. */
const byteOrderMark = '\ufeff';

/** The board as it stands now, as a table for auditors. */
export function SaveCsv({ view: { roster, people } }: { readonly view: ReadinessView }) {
  const zone = useZone();
  const [made, setMade] = useState<{ readonly file: File; readonly address: string } | null>(null);
  useEffect(() => (made === null ? undefined : () => URL.revokeObjectURL(made.address)), [made]);
  const save = () => {
    const title = (role: string) => (roster.plan === null ? role : roleTitle(roster.plan, role as RoleId));
    const text = byteOrderMark + readinessCsv(people, instant(roster.now), title);
    const file = new File([text], `holdfast-readiness-${fileTime(roster.now, zone)}.csv`, { type: 'text/csv' });
    const address = URL.createObjectURL(file);
    setMade({ file, address });
    handOver(address, file.name);
  };
  return (
    <>
      <Button onClick={save}>Save readiness as CSV</Button>
      {made === null ? null : <WrittenFile file={made.file} address={made.address} />}
    </>
  );
}
