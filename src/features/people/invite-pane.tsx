import { useState } from 'react';
import { useParams } from 'wouter';
import type { PersonId } from '../../domain/ids.ts';
import type { Invite, JoinCode } from '../../domain/ports/server-api.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { InviteForm, type Invitation } from './invite-form.tsx';
import { InviteSlip } from './invite-slip.tsx';
import { NeedsServer } from './needs-server.tsx';
import { Pane } from './pane.tsx';
import type { PeopleView } from './people-page.tsx';
import { RadioSlip } from './radio-slip.tsx';

type Issued =
  | { readonly way: 'link'; readonly invite: Invite; readonly invitation: Invitation }
  | { readonly way: 'radio'; readonly made: JoinCode; readonly invitation: Invitation };

/** Asks somebody in: a form, then the code to hand over. */
export function InvitePane({ view }: { readonly view: PeopleView }) {
  const { id } = useParams<{ id?: string }>();
  const [issued, setIssued] = useState<Issued | null>(null);
  if (issued?.way === 'link') return <InviteSlip {...issued} view={view} onNext={() => setIssued(null)} />;
  if (issued?.way === 'radio') return <RadioSlip {...issued} onNext={() => setIssued(null)} />;
  return (
    <Pane title="Invite somebody">
      <NeedsServer view={view}>
        <ButtonLink href="/people/invite-several" icon="people">
          Several at once, from a list
        </ButtonLink>
        <InviteForm
          view={view}
          first={id === undefined ? null : (id as PersonId)}
          onIssued={(invite, invitation) => setIssued({ way: 'link', invite, invitation })}
          onRadio={(made, invitation) => setIssued({ way: 'radio', made, invitation })}
        />
      </NeedsServer>
    </Pane>
  );
}
