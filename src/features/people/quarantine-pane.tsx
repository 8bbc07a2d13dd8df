import { counted } from '../../parts/amount-words.ts';
import { keyed } from '../../parts/keyed.ts';
import { usePorts } from '../../parts/ports.tsx';
import { useServerAnswer } from '../../parts/server-memory.tsx';
import { Banner } from '../../ui/banner.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { RowList } from '../../ui/stack.tsx';
import { Pane } from './pane.tsx';
import type { PeopleView } from './people-page.tsx';
import { QuarantinedCard } from './quarantined-card.tsx';
import { ServerListState } from './server-list-state.tsx';

type QuarantinePaneProps = { readonly view: PeopleView; readonly device: string };

/** What a device sent and the server did not take: for coordinators to read, and to put in where it is right. */
export function QuarantinePane({ view, device }: QuarantinePaneProps) {
  if (view.me.access !== 'coordinator' || !view.me.sends) {
    return (
      <Pane title="Not taken">
        <Banner title={view.me.sends ? 'Coordinators see what was not taken.' : 'This device works alone.'}>
          {view.me.sends ? 'Your access does not allow it.' : 'There is no server, so nothing was refused.'}
        </Banner>
      </Pane>
    );
  }
  return <Quarantine device={device} />;
}

function Quarantine({ device }: { readonly device: string }) {
  const { server } = usePorts();
  const answer = useServerAnswer(`quarantine ${device}`, () => server.quarantine(device));
  const { known } = answer;
  return (
    <Pane title="Not taken">
      {known === undefined || known.length === 0 ? null : (
        <p>
          The device {device.slice(0, 4)} sent these, and the server did not take them. Nobody else sees them. What is
          right you can put in: it goes out as your change, and the names of those who reported stay in it. Let the rest
          be.
        </p>
      )}
      <ServerListState answer={answer} />
      {known?.length === 0 ? (
        <EmptyState title="Everything was taken.">Nothing of this device waits for anybody.</EmptyState>
      ) : null}
      {known === undefined || known.length === 0 ? null : (
        <RowList label={counted(known.length, 'change')}>
          {keyed(known, ({ id, at }) => id ?? at).map(({ key, member }) => (
            <li key={key}>
              <QuarantinedCard change={member} />
            </li>
          ))}
        </RowList>
      )}
    </Pane>
  );
}
