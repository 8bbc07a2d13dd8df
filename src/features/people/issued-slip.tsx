import type { Invite, JoinCode } from '../../domain/ports/server-api.ts';
import { Button } from '../../ui/button.tsx';
import type { Invitation } from './invite-form.tsx';
import { InviteSlip } from './invite-slip.tsx';
import { Pane } from './pane.tsx';
import type { PeopleView } from './people-page.tsx';
import { RadioSlip } from './radio-slip.tsx';

/** What the server made of an invitation. */
export type Issued =
  | { readonly way: 'link'; readonly invite: Invite; readonly invitation: Invitation }
  | { readonly way: 'radio'; readonly made: JoinCode; readonly invitation: Invitation };

type IssuedSlipProps = {
  readonly view: PeopleView;
  readonly issued: Issued;
  /** What comes after it, on the button. */
  readonly next: string;
  readonly onNext: () => void;
  /** Further ways on. */
  readonly children?: React.ReactNode;
};

/** The code to hand over, and the way on. The server tells it this once. */
export function IssuedSlip({ view, issued, next, onNext, children }: IssuedSlipProps) {
  const { name } = issued.invitation;
  return (
    <Pane title={issued.way === 'link' ? `Code for ${name}` : `Radio code for ${name}`}>
      {issued.way === 'link' ? (
        <InviteSlip invite={issued.invite} invitation={issued.invitation} view={view} />
      ) : (
        <RadioSlip made={issued.made} />
      )}
      <Button onClick={onNext}>{next}</Button>
      {children}
    </Pane>
  );
}
