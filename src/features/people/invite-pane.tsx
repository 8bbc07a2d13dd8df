import { useState } from 'react';
import { useParams } from 'wouter';
import type { PersonId } from '../../domain/ids.ts';
import type { Invite } from '../../domain/ports/server-api.ts';
import { useSyncStatus } from '../../parts/use-sync-status.ts';
import { Banner } from '../../ui/banner.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { InviteForm, type Invitation } from './invite-form.tsx';
import { InviteSlip } from './invite-slip.tsx';
import { Pane } from './pane.tsx';
import type { PeopleView } from './people-page.tsx';

type Issued = { readonly invite: Invite; readonly invitation: Invitation };

/** Asks somebody in: a form, then the code to hand over. */
export function InvitePane({ view }: { readonly view: PeopleView }) {
  const { id } = useParams<{ id?: string }>();
  const { connection } = useSyncStatus();
  const [issued, setIssued] = useState<Issued | null>(null);
  const { me } = view;
  if (me.access !== 'coordinator') {
    return (
      <Pane title="Invite somebody">
        <Banner title="Coordinators invite.">Ask one of them; your access does not allow it.</Banner>
      </Pane>
    );
  }
  if (!me.sends) {
    return (
      <Pane title="Invite somebody">
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
      </Pane>
    );
  }
  if (issued !== null) return <InviteSlip {...issued} view={view} onNext={() => setIssued(null)} />;
  return (
    <Pane title="Invite somebody">
      {connection === 'offline' ? (
        <Banner title="Not connected just now.">
          The server makes the code, so inviting needs a network once. What you type here stays until it is there.
        </Banner>
      ) : null}
      <InviteForm
        view={view}
        first={id === undefined ? null : (id as PersonId)}
        onIssued={(invite, invitation) => setIssued({ invite, invitation })}
      />
    </Pane>
  );
}
