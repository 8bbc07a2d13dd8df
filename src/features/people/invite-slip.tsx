import type { Invite } from '../../domain/ports/server-api.ts';
import { AddressText } from '../../parts/address-text.tsx';
import { rightsWords } from '../../parts/rights-words.ts';
import { fullTime } from '../../parts/time-words.ts';
import { useZone } from '../../parts/use-zone.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Facts } from '../../ui/facts.tsx';
import { later } from '../../ui/later.tsx';
import type { Invitation } from './invite-form.tsx';
import { LinkActions } from './link-actions.tsx';
import type { PeopleView } from './people-page.tsx';
import styles from './people.module.css';

const QrCode = later(async () => (await import('../../parts/qr-code.tsx')).QrCode);

type InviteSlipProps = {
  readonly invite: Invite;
  readonly invitation: Invitation;
  readonly view: PeopleView;
};

/** A code with its link: to be read out, copied, shared, scanned or printed. */
export function InviteSlip({ invite, invitation: { name, access, roles }, view }: InviteSlipProps) {
  const zone = useZone();
  return (
    <Card label="Code">
      <p className={styles.code}>{invite.code}</p>
      <p>
        <strong>Write it down: it works once, until {fullTime(invite.expiresAt, zone)}.</strong> It is not shown again.
      </p>
      <QrCode text={invite.url} label={`QR code of the link for ${name}`} className={styles.qr} />
      <p className={styles.link}>
        <AddressText>{invite.url}</AddressText>
      </p>
      <LinkActions invite={invite}>
        <Button icon="print" onClick={() => window.print()}>
          Print this slip
        </Button>
      </LinkActions>
      <Facts
        facts={[
          { name: 'Access', value: rightsWords(view.plan, access, roles) },
          {
            name: 'How to use it',
            value:
              'Open the link, or the address above, and type the code. On an iPhone or iPad install the app first and join inside it.',
          },
        ]}
      />
    </Card>
  );
}
