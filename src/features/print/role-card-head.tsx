import type { CardSource } from '../../domain/card/card-source.ts';
import type { RoleCard } from '../../domain/card/role-card.ts';
import { QrCode } from '../../parts/qr-code.tsx';
import { vestWords } from '../../parts/vest-words.ts';
import { classNames } from '../../ui/class-names.ts';
import vest from '../../ui/vest.module.css';
import { Bands, PlanLine, SheetTitle, type Frame } from './sheet-frame.tsx';
import styles from './role-card.module.css';

/** Top of a role card: whose it is, of which plan. */
export function RoleCardHead({
  card: { role, group, path },
  frame,
  origin,
}: {
  readonly card: RoleCard;
  readonly frame: Frame;
  readonly origin: string;
}) {
  const address = `${origin}${path}`;
  return (
    <header>
      <Bands {...frame} />
      <div className={styles.head}>
        <div className={classNames(styles.vest, group !== null && vest[group.vest])} />
        <div className={styles.title}>
          <PlanLine source={frame.source} />
          <SheetTitle>{role.title}</SheetTitle>
          {group === null ? null : (
            <>
              <p>{group.name}</p>
              <p>
                ← The colour of your vest: <strong>{vestWords[group.vest]}</strong>, for {group.vest}
              </p>
            </>
          )}
          <p>
            <strong>Mission:</strong> {role.mission}
          </p>
        </div>
        <div className={styles.qrBox}>
          <QrCode text={address} label={`QR code that opens ${address}`} className={styles.qr} />
        </div>
      </div>
    </header>
  );
}

/** To whom one reports and where one is reached; right below the head, or on the next page where a head leaves no room. */
export function RoleCardFacts({ card, source }: { readonly card: RoleCard; readonly source: CardSource }) {
  return (
    <div className={styles.factsBlock}>
      <dl className={styles.facts}>
        {factsOf(card, source).map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function factsOf(
  { role, reportsTo }: RoleCard,
  { plan: { header } }: CardSource,
): readonly (readonly [string, string])[] {
  const own = [role.phone, role.channel].filter((each) => each !== undefined && each !== '');
  return [
    ['Reports to', reportsTo ?? 'nobody in this plan'],
    ['Position phone / channel', own.join(' · ')],
    ['Command centre phone / channel', [header?.commandPhone, header?.commandChannel].filter(Boolean).join(' · ')],
    ['Command location', header?.commandLocation ?? ''],
    ['Alternate location', header?.alternateLocation ?? ''],
  ];
}
