import { useState } from 'react';
import type { Invite, JoinCode, KnownInvite, ServerFault } from '../../domain/ports/server-api.ts';
import type { Millis } from '../../domain/time.ts';
import { accessWords } from '../../parts/access-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { roleTitle } from '../../parts/role-badge.tsx';
import { serverFaultWords } from '../../parts/server-fault-words.ts';
import { useServerAnswer } from '../../parts/server-memory.tsx';
import { whenWords } from '../../parts/time-words.ts';
import { useNow } from '../../parts/use-now.ts';
import { nameOf } from '../../parts/use-people.ts';
import { useZone } from '../../parts/use-zone.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ActionRow, RowList } from '../../ui/stack.tsx';
import { useToast } from '../../ui/toasts.tsx';
import type { Invitation } from './invite-form.tsx';
import { InviteSlip } from './invite-slip.tsx';
import { inviteStateWords } from './invite-words.ts';
import { NeedsServer } from './needs-server.tsx';
import { newRequest } from './new-request.ts';
import { Pane } from './pane.tsx';
import type { PeopleView } from './people-page.tsx';
import { RadioSlip } from './radio-slip.tsx';
import { WithdrawDialog } from './withdraw-dialog.tsx';

type Again =
  | { readonly way: 'link'; readonly invite: Invite; readonly invitation: Invitation }
  | { readonly way: 'radio'; readonly made: JoinCode; readonly invitation: Invitation };

/** Who was asked in and what became of it; the codes themselves are known to nobody any more. */
export function InvitesPane({ view }: { readonly view: PeopleView }) {
  const [again, setAgain] = useState<Again | null>(null);
  if (again?.way === 'link') return <InviteSlip {...again} view={view} onNext={() => setAgain(null)} />;
  if (again?.way === 'radio') return <RadioSlip {...again} onNext={() => setAgain(null)} />;
  return (
    <Pane title="Invites">
      <NeedsServer view={view}>
        <Invites view={view} onAgain={setAgain} />
      </NeedsServer>
    </Pane>
  );
}

function Invites({ view, onAgain }: { readonly view: PeopleView; readonly onAgain: (again: Again) => void }) {
  const { server } = usePorts();
  const { known, fault, asking, askAgain } = useServerAnswer('invites', server.invites);
  const { resend, failed } = useResend(view, onAgain);
  const [withdrawing, setWithdrawing] = useState<KnownInvite | null>(null);
  const toast = useToast();
  const zone = useZone();
  const now = useNow();
  const shown = failed ?? fault;
  return (
    <>
      {shown === null ? null : (
        <Banner
          tone="late"
          icon="warning"
          title={
            failed !== null
              ? 'No code was made.'
              : known === undefined
                ? 'The list can’t be read just now.'
                : 'The list may be old.'
          }
          action={
            <Button fit onClick={askAgain}>
              Try again
            </Button>
          }
        >
          {serverFaultWords(shown)}
        </Banner>
      )}
      {known === undefined && asking ? <p role="status">Asking the server…</p> : null}
      {known?.length === 0 ? (
        <EmptyState title="Nobody was invited yet.">
          Every code that is made stands here, without its letters.
        </EmptyState>
      ) : null}
      <RowList label="Invites">
        {known?.map((invite) => (
          <li key={invite.id}>
            <InviteCard
              view={view}
              invite={invite}
              zone={zone}
              now={now}
              onResend={() => void resend(invite)}
              onWithdraw={() => setWithdrawing(invite)}
            />
          </li>
        ))}
      </RowList>
      <ButtonLink href="/people/invite" icon="add">
        Invite somebody
      </ButtonLink>
      {withdrawing === null ? null : (
        <WithdrawDialog
          invite={withdrawing}
          name={nameOf(view.people, withdrawing.person)}
          onDone={() => {
            toast({ words: `The code for ${nameOf(view.people, withdrawing.person)} is withdrawn` });
            setWithdrawing(null);
            askAgain();
          }}
          onClose={() => setWithdrawing(null)}
        />
      )}
    </>
  );
}

/** How long a code that is sent again works. */
const daysAgain = 7;

/** A new code for the same person; the earlier one dies. Pressed again after a lost reply, it is the same wish. */
function useResend(view: PeopleView, onAgain: (again: Again) => void) {
  const { server, clock, random } = usePorts();
  const [failed, setFailed] = useState<ServerFault | null>(null);
  const [wishes] = useState(() => new Map<string, string>());
  const resend = async ({ id, kind, person, access, roles }: KnownInvite) => {
    if (access === null) return;
    const request = wishes.get(id) ?? newRequest(clock, random);
    wishes.set(id, request);
    setFailed(null);
    const asked = { person: { id: person }, access, roles, request, replaces: id };
    const invitation = { name: nameOf(view.people, person), access, roles };
    if (kind === 'radio') {
      const made = await server.joinCode(asked);
      if (made.ok) onAgain({ way: 'radio', made: made.value, invitation });
      else setFailed(made.error);
      return;
    }
    const made = await server.invite({ ...asked, expiresInDays: daysAgain });
    if (made.ok) onAgain({ way: 'link', invite: made.value, invitation });
    else setFailed(made.error);
  };
  return { resend, failed };
}

type InviteCardProps = {
  readonly view: PeopleView;
  readonly invite: KnownInvite;
  readonly zone: string;
  readonly now: Millis;
  readonly onResend: () => void;
  readonly onWithdraw: () => void;
};

function InviteCard({ view, invite, zone, now, onResend, onWithdraw }: InviteCardProps) {
  const { people, plan } = view;
  const { person, access, roles, madeAt, madeBy, kind, state } = invite;
  const name = nameOf(people, person);
  const rights = [
    access === null ? null : accessWords[access].label,
    ...roles.map((role) => (plan === null ? role : roleTitle(plan, role))),
  ];
  return (
    <Card label={`Invite of ${name}`}>
      <div>
        <strong>{name}</strong>
        <p>{rights.filter((part) => part !== null).join(' · ')}</p>
        <p>
          <strong>{inviteStateWords(invite, zone, now)}</strong>
        </p>
        <p>
          {kind === 'radio' ? 'For the radio' : 'Link'}
          {madeAt === null ? '' : ` · made ${whenWords(madeAt, zone, now)}`}
          {madeBy === null ? '' : ` by ${nameOf(people, madeBy)}`}
        </p>
      </div>
      {state === 'used' || access === null ? null : (
        <ActionRow broad>
          <Button onClick={onResend}>Send again</Button>
          {state === 'open' ? <Button onClick={onWithdraw}>Withdraw…</Button> : null}
        </ActionRow>
      )}
    </Card>
  );
}
