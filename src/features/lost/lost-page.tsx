import { useMemo, useState } from 'react';
import type { ChangeId } from '../../domain/ids.ts';
import type { LostRecord } from '../../domain/ports/lost-records.ts';
import { counted } from '../../parts/amount-words.ts';
import { storageFaultWords } from '../../parts/fault-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { useDeviceWord } from '../../parts/use-device-word.ts';
import { useLost } from '../../parts/use-lost.ts';
import { useMe } from '../../parts/use-me.ts';
import { usePeople } from '../../parts/use-people.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { LostGroupCard } from './lost-group-card.tsx';
import { goesEarly, lostGroups } from './lost-groups.ts';
import { namesOf } from './lost-words.ts';

const title = 'Lost by the server';

/** What a restored or reborn server lacks and this device holds: to read, and for coordinators to put back. */
export function LostPage() {
  const me = useMe();
  const lost = useLost();
  const place = useDeviceWord();
  if (me == null || lost === undefined) return null;
  if (lost.length === 0) {
    return (
      <Page title={title}>
        <EmptyState title="The server lacks nothing." action={<ButtonLink href="/people">People</ButtonLink>}>
          When a server is restored from a backup or begun anew, what it lost and this {place} still holds is listed
          here.
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page title={title} aside={counted(lost.length, 'record')}>
      {me.access === 'coordinator' ? <PutBack lost={lost} /> : <ForCoordinators place={place} />}
    </Page>
  );
}

function ForCoordinators({ place }: { readonly place: string }) {
  return (
    <p>
      A coordinator’s phone can put them back. They stay on this {place} until then; your own reports are sent again by
      themselves.
    </p>
  );
}

function PutBack({ lost }: { readonly lost: readonly LostRecord[] }) {
  const ports = usePorts();
  const toast = useToast();
  const people = usePeople();
  const place = useDeviceWord();
  const [turned, setTurned] = useState<ReadonlySet<ChangeId>>(new Set());
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const names = useMemo(() => namesOf(people, lost), [people, lost]);
  const tooNew = lost.filter((record) => record.tooNew);
  const groups = useMemo(() => lostGroups(lost.filter((record) => !record.tooNew)), [lost]);
  const isChosen = (record: LostRecord) => goesEarly(record) !== turned.has(record.change);
  const chosen = groups.flatMap(({ records }) => records).filter(isChosen);

  const choose = (records: readonly LostRecord[], wanted: boolean) => {
    const next = new Set(turned);
    for (const record of records) {
      if (wanted === goesEarly(record)) next.delete(record.change);
      else next.add(record.change);
    }
    setTurned(next);
  };
  const putBack = async () => {
    setBusy(true);
    setFault(null);
    const put = await ports.lost.putBack(chosen.map(({ change }) => change));
    setBusy(false);
    if (!put.ok) return setFault(Object.values(storageFaultWords(put.error)).join(' '));
    ports.sync.nudge('wrote');
    return toast({ words: `${counted(put.value, 'record')} put back` });
  };

  return (
    <>
      <p>
        The server was restored or begun anew. These records of others are no longer on it; this {place} kept them. When
        the phones of their authors are back, they send them by themselves. What you put back goes out as your change,
        and the names of those who reported stay in it.
      </p>
      {fault === null ? null : (
        <Banner tone="stop" icon="warning" title="Not put back.">
          {fault}
        </Banner>
      )}
      <Button kind="primary" disabled={busy || chosen.length === 0} onClick={() => void putBack()}>
        {busy ? 'Putting back…' : `Put back ${counted(chosen.length, 'record')}`}
      </Button>
      {groups.map((group) => (
        <LostGroupCard key={group.title} group={group} names={names} isChosen={isChosen} onChoose={choose} />
      ))}
      {tooNew.length === 0 ? null : (
        <Banner title={`${counted(tooNew.length, 'record')} of a newer app.`}>
          Kept here. Update this app to put them back.
        </Banner>
      )}
    </>
  );
}
