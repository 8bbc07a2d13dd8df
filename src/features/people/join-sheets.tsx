import type { Invite } from '../../domain/ports/server-api.ts';
import { AddressText } from '../../parts/address-text.tsx';
import { QrCode } from '../../parts/qr-code.tsx';
import { rightsWords } from '../../parts/rights-words.ts';
import { fullTime } from '../../parts/time-words.ts';
import { useMembership } from '../../parts/use-me.ts';
import { useZone } from '../../parts/use-zone.ts';
import type { Good } from './make-invites.ts';
import type { PeopleView } from './people-page.tsx';
import styles from './join-sheets.module.css';

type Slip = { readonly who: Good; readonly invite: Invite };

/** What joining takes, in three steps, by system. */
const steps: readonly { readonly system: string; readonly steps: readonly string[] }[] = [
  {
    system: 'Android',
    steps: [
      'Point the camera at the square, or open the link in Chrome.',
      'Press Join.',
      'Browser menu ⋮ › Install app.',
    ],
  },
  {
    system: 'iPhone, iPad',
    steps: [
      'Open the link in Safari. Do not press Join there.',
      'Share › Add to Home Screen; open it from there.',
      'Press “Join with a code or link”: scan this, or type the code.',
    ],
  },
  {
    system: 'Computer',
    steps: ['Open the link in Chrome or Edge.', 'Press Join.', 'Press the install sign in the address bar.'],
  },
];

/** One slip for each person, to be cut apart and handed out; black and white, A4 or Letter. Seen on paper only. */
export function JoinSheets({ view, slips }: { readonly view: PeopleView; readonly slips: readonly Slip[] }) {
  const membership = useMembership();
  const zone = useZone();
  const workspace = membership?.state === 'member' ? membership.workspace.name : '';
  return (
    <div className={styles.sheets} data-join-sheets>
      {slips.map(({ who, invite }) => (
        <section key={invite.id} className={styles.slip}>
          <header>
            <h2>{who.name}</h2>
            <p>
              Join Holdfast: {workspace} · {rightsWords(view.plan, who.access, who.roles)}
            </p>
          </header>
          <div className={styles.body}>
            <QrCode text={invite.url} label={`QR code of the link for ${who.name}`} className={styles.qr} />
            <div>
              <p className={styles.link}>
                <AddressText>{invite.url}</AddressText>
              </p>
              <p className={styles.code}>{invite.code}</p>
              <p>
                Works once, on one device, until {fullTime(invite.expiresAt, zone)}. Whoever holds this sheet can use
                it: hand it over in person.
              </p>
            </div>
          </div>
          <div className={styles.systems}>
            {steps.map(({ system, steps: three }) => (
              <div key={system}>
                <h3>{system}</h3>
                <ol>
                  {three.map((step) => (
                    <li key={step}>{step}</li>
                  ))}
                </ol>
              </div>
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
