import type { Invite } from '../../domain/ports/server-api.ts';
import { accessWords } from '../../parts/access-words.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { roleTitle } from '../../parts/role-badge.tsx';
import { fullTime } from '../../parts/time-words.ts';
import { useZone } from '../../parts/use-zone.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Facts } from '../../ui/facts.tsx';
import { later } from '../../ui/later.tsx';
import { ActionRow } from '../../ui/stack.tsx';
import type { Invitation } from './invite-form.tsx';
import { Pane } from './pane.tsx';
import type { PeopleView } from './people-page.tsx';
import styles from './people.module.css';

const QrCode = later(async () => (await import('../../parts/qr-code.tsx')).QrCode);

type InviteSlipProps = {
  readonly invite: Invite;
  readonly invitation: Invitation;
  readonly view: PeopleView;
  readonly onNext: () => void;
};

/** The code, to be read out, copied, shared, scanned or printed. The server tells it this once. */
export function InviteSlip({ invite, invitation, view, onNext }: InviteSlipProps) {
  const zone = useZone();
  const until = fullTime(invite.expiresAt, zone);
  const roles = invitation.roles.map((role) => (view.plan === null ? role : roleTitle(view.plan, role)));
  const share = {
    title: 'Holdfast',
    text: `Join Holdfast with this link. It works once, until ${until}.`,
    url: invite.url,
  };
  return (
    <Pane title={`Code for ${invitation.name}`}>
      <Card label="Code">
        <p className={styles.code}>{invite.code}</p>
        <p>
          <strong>Write it down: it works once, until {until}.</strong> It is not shown again.
        </p>
        <QrCode text={invite.url} label={`QR code of the link for ${invitation.name}`} className={styles.qr} />
        <p className={styles.link}>{invite.url}</p>
        <ActionRow broad>
          <CopyButton text={invite.url} label="Copy the link" />
          {typeof navigator.share === 'function' ? (
            // closing the sheet of the system is no fault
            <Button onClick={() => void navigator.share(share).catch(() => undefined)}>Share…</Button>
          ) : null}
          <Button icon="print" onClick={() => window.print()}>
            Print this slip
          </Button>
        </ActionRow>
        <Facts
          facts={[
            { name: 'Access', value: [accessWords[invitation.access].label, ...roles].join(' · ') },
            {
              name: 'How to use it',
              value:
                'Open the link, or the address above, and type the code. On an iPhone or iPad install the app first and join inside it.',
            },
          ]}
        />
      </Card>
      <Button onClick={onNext}>Invite another person</Button>
      <ButtonLink kind="quiet" href="/people">
        Done
      </ButtonLink>
    </Pane>
  );
}
