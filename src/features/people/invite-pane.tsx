import { useState } from 'react';
import { useParams } from 'wouter';
import type { PersonId } from '../../domain/ids.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { InviteForm } from './invite-form.tsx';
import { IssuedSlip, type Issued } from './issued-slip.tsx';
import { NeedsServer, NotConnected } from './needs-server.tsx';
import { Pane } from './pane.tsx';
import type { PeopleView } from './people-page.tsx';
import { useTop } from './use-top.ts';

/** Asks somebody in: a form, then the code to hand over. */
export function InvitePane({ view }: { readonly view: PeopleView }) {
  const { id } = useParams<{ id?: string }>();
  const [issued, setIssued] = useState<Issued | null>(null);
  useTop(issued === null ? 'form' : 'slip');
  if (issued !== null) {
    return (
      <IssuedSlip view={view} issued={issued} next="Invite another person" onNext={() => setIssued(null)}>
        <ButtonLink kind="quiet" href="/people/invites">
          Was it used? Look at the invites
        </ButtonLink>
        <ButtonLink kind="quiet" href="/people">
          Done
        </ButtonLink>
      </IssuedSlip>
    );
  }
  return (
    <Pane title="Invite somebody">
      <NeedsServer view={view}>
        <NotConnected />
        <ButtonLink href="/people/invite-several" icon="people">
          Several at once, from a list
        </ButtonLink>
        <InviteForm view={view} first={id === undefined ? null : (id as PersonId)} onIssued={setIssued} />
      </NeedsServer>
    </Pane>
  );
}
