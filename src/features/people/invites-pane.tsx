import { useState } from 'react';
import type { KnownInvite } from '../../domain/ports/server-api.ts';
import { usePorts } from '../../parts/ports.tsx';
import { useServerAnswer } from '../../parts/server-memory.tsx';
import { useNow } from '../../parts/use-now.ts';
import { nameOf } from '../../parts/use-people.ts';
import { useZone } from '../../parts/use-zone.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { RowList } from '../../ui/stack.tsx';
import { useToast } from '../../ui/toasts.tsx';
import { InviteCard } from './invite-card.tsx';
import { IssuedSlip, type Issued } from './issued-slip.tsx';
import { NeedsServer } from './needs-server.tsx';
import { Pane } from './pane.tsx';
import type { PeopleView } from './people-page.tsx';
import { ServerListState } from './server-list-state.tsx';
import { useResend } from './use-resend.ts';
import { useTop } from './use-top.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';

/** Who was asked in and what became of it; the codes themselves are known to nobody any more. */
export function InvitesPane({ view }: { readonly view: PeopleView }) {
  const [again, setAgain] = useState<Issued | null>(null);
  useTop(again === null ? 'list' : 'slip');
  if (again !== null)
    return <IssuedSlip view={view} issued={again} next="Back to the invites" onNext={() => setAgain(null)} />;
  return (
    <Pane title="Invites">
      <NeedsServer view={view}>
        <Invites view={view} onAgain={setAgain} />
      </NeedsServer>
    </Pane>
  );
}

function Invites({ view, onAgain }: { readonly view: PeopleView; readonly onAgain: (again: Issued) => void }) {
  const { server } = usePorts();
  const answer = useServerAnswer('invites', server.invites);
  const { known, askAgain } = answer;
  const { resend, sending, failed } = useResend(view, onAgain);
  const [withdrawing, setWithdrawing] = useState<KnownInvite | null>(null);
  const toast = useToast();
  const zone = useZone();
  const now = useNow();
  return (
    <>
      <ServerListState answer={answer} />
      {known?.length === 0 ? (
        <EmptyState title="Nobody was invited yet.">
          Every code that is made stands here, without its letters.
        </EmptyState>
      ) : null}
      {known === undefined || known.length === 0 ? null : (
        <RowList label="Invites">
          {known.map((invite) => (
            <li key={invite.id}>
              <InviteCard
                view={view}
                invite={invite}
                zone={zone}
                now={now}
                sending={sending === null ? null : sending === invite.id ? 'this' : 'other'}
                fault={failed?.invite === invite.id ? failed.fault : null}
                onResend={() => void resend(invite)}
                onWithdraw={() => setWithdrawing(invite)}
              />
            </li>
          ))}
        </RowList>
      )}
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
