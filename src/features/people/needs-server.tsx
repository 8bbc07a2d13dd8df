import { usePorts } from '../../parts/ports.tsx';
import { useSyncStatus } from '../../parts/use-sync-status.ts';
import { Banner } from '../../ui/banner.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import type { PeopleView } from './people-page.tsx';

/** What is shown to coordinators of a device with a server; to others, what is missing. */
export function NeedsServer({ view, children }: { readonly view: PeopleView; readonly children: React.ReactNode }) {
  const { life } = usePorts();
  const { me } = view;
  if (me.access !== 'coordinator')
    return <Banner title="Coordinators invite.">Ask one of them; your access does not allow it.</Banner>;
  if (life === 'look-around') {
    return (
      <Banner title="You are only looking around.">
        Nothing of this leaves the device, so nobody can be invited into it. Leave it first, then set up or join.
      </Banner>
    );
  }
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
        This device works alone: without a server there is nothing that others could join. What is on it stays when you
        connect it, and is sent then.
      </Banner>
    );
  }
  return children;
}

/** Beside a form that only the server can act on. */
export function NotConnected() {
  const { connection } = useSyncStatus();
  if (connection !== 'offline') return null;
  return (
    <Banner title="Not connected just now.">
      The server makes the codes, so this needs a network. What you type stays while this screen is open.
    </Banner>
  );
}
