import { useSyncStatus } from '../../parts/use-sync-status.ts';
import { Banner } from '../../ui/banner.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import type { PeopleView } from './people-page.tsx';

/** What is shown to coordinators of a device with a server; to others, what is missing. */
export function NeedsServer({ view, children }: { readonly view: PeopleView; readonly children: React.ReactNode }) {
  const { connection } = useSyncStatus();
  const { me } = view;
  if (me.access !== 'coordinator')
    return <Banner title="Coordinators invite.">Ask one of them; your access does not allow it.</Banner>;
  if (!me.sends) {
    return (
      <Banner
        title="Inviting needs a server."
        action={
          <ButtonLink fit href="/join" icon="join">
            Connect to a server
          </ButtonLink>
        }
      >
        This device works alone, so there is nothing that others could join. Connect it first; it sends all it has.
      </Banner>
    );
  }
  return (
    <>
      {connection === 'offline' ? (
        <Banner title="Not connected just now.">
          The server makes the code, so inviting needs a network once. What you type here stays until it is there.
        </Banner>
      ) : null}
      {children}
    </>
  );
}
