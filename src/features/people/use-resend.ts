import { useState } from 'react';
import type { JoinCode, KnownInvite, ServerFault } from '../../domain/ports/server-api.ts';
import { usePorts } from '../../parts/ports.tsx';
import { useStepUp } from '../../parts/step-up.tsx';
import { nameOf } from '../../parts/use-people.ts';
import type { Issued } from './issued-slip.tsx';
import { newRequest } from '../../parts/new-request.ts';
import type { PeopleView } from './people-page.tsx';

/** How long a code that is sent again works. */
const daysAgain = 7;

type Resend = {
  readonly resend: (invite: KnownInvite) => Promise<void>;
  /** The invite that is being sent again. */
  readonly sending: string | null;
  /** The one that could not be, and why. */
  readonly failed: { readonly invite: string; readonly fault: ServerFault } | null;
};

/** A new code for the same person; the earlier one dies. Pressed again after a lost reply, it is the same wish. */
export function useResend(view: PeopleView, onIssued: (issued: Issued) => void): Resend {
  const { server, clock, random } = usePorts();
  const stepUp = useStepUp();
  const [failed, setFailed] = useState<Resend['failed']>(null);
  const [sending, setSending] = useState<string | null>(null);
  const [wishes] = useState(() => new Map<string, string>());
  const send = async ({ id, kind, person, access, roles }: KnownInvite): Promise<ServerFault | null> => {
    if (access === null) return null;
    const request = wishes.get(id) ?? newRequest(clock, random);
    wishes.set(id, request);
    const asked = { person: { id: person }, access, roles, request, replaces: id };
    // the list may be older than the grant
    const as = (made: JoinCode) => ({
      name: nameOf(view.people, person),
      access: made.access ?? access,
      roles: made.roles ?? roles,
    });
    if (kind === 'radio') {
      const made = await server.joinCode(asked);
      if (made.ok) onIssued({ way: 'radio', made: made.value, invitation: as(made.value) });
      return made.ok ? null : made.error;
    }
    const made = await server.invite({ ...asked, expiresInDays: daysAgain });
    if (made.ok) onIssued({ way: 'link', invite: made.value, invitation: as(made.value) });
    return made.ok ? null : made.error;
  };
  const resend = async (invite: KnownInvite) => {
    if (!(await stepUp(`A new code will let ${nameOf(view.people, invite.person)} in.`))) return;
    setFailed(null);
    setSending(invite.id);
    const fault = await send(invite);
    setSending(null);
    if (fault !== null) setFailed({ invite: invite.id, fault });
  };
  return { resend, sending, failed };
}
