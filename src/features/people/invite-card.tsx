import type { KnownInvite, ServerFault } from '../../domain/ports/server-api.ts';
import type { Millis } from '../../domain/time.ts';
import { rightsWords } from '../../parts/rights-words.ts';
import { serverFaultWords } from '../../parts/server-fault-words.ts';
import { whenWords } from '../../parts/time-words.ts';
import { nameOf } from '../../parts/use-people.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ActionRow } from '../../ui/stack.tsx';
import { inviteStateWords } from './invite-words.ts';
import type { PeopleView } from './people-page.tsx';

type InviteCardProps = {
  readonly view: PeopleView;
  readonly invite: KnownInvite;
  readonly zone: string;
  readonly now: Millis;
  /** Null while nothing is asked; `this` while it is sent again, `other` while another one is. */
  readonly sending: 'this' | 'other' | null;
  /** Why it could not be sent again. */
  readonly fault: ServerFault | null;
  readonly onResend: () => void;
  readonly onWithdraw: () => void;
};

/** One invite: for whom, how it stands, and what can still be done about it. */
export function InviteCard({ view, invite, zone, now, sending, fault, onResend, onWithdraw }: InviteCardProps) {
  const { people, plan } = view;
  const { person, access, roles, madeAt, madeBy, kind, state } = invite;
  const name = nameOf(people, person);
  const again = fault === null ? 'Send again' : 'Try again';
  return (
    <Card label={`Invite of ${name}`}>
      <div>
        <strong>{name}</strong>
        <p>{rightsWords(plan, access, roles)}</p>
        <p>
          <strong>{inviteStateWords(invite, zone, now)}</strong>
        </p>
        <p>
          {kind === 'radio' ? 'For the radio' : 'Link'}
          {madeAt === null ? '' : ` · made ${whenWords(madeAt, zone, now)}`}
          {madeBy === null ? '' : ` by ${nameOf(people, madeBy)}`}
        </p>
      </div>
      {fault === null ? null : (
        <Banner tone={fault.tag === 'no-answer' ? 'late' : 'stop'} icon="warning" title="No code was made.">
          {serverFaultWords(fault)}
        </Banner>
      )}
      {state === 'used' || access === null ? null : (
        <ActionRow broad>
          <Button disabled={sending !== null} onClick={onResend}>
            {sending === 'this' ? 'Asking the server…' : again}
          </Button>
          {state === 'open' ? (
            <Button disabled={sending !== null} onClick={onWithdraw}>
              Withdraw…
            </Button>
          ) : null}
        </ActionRow>
      )}
    </Card>
  );
}
