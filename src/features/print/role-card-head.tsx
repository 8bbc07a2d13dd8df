import type { RoleCard } from '../../domain/card/role-card.ts';
import type { FunctionGroup } from '../../domain/plan/plan-item.ts';
import { QrCode } from '../../parts/qr-code.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Bands, PlanLine, type Frame } from './sheet-frame.tsx';
import styles from './paper.module.css';

/** Colours of the vests, in words too: paper is black and white (look.md, Measures). */
const vestWords: Readonly<Record<FunctionGroup, string>> = {
  command: 'black vest',
  operations: 'red vest',
  planning: 'blue vest',
  logistics: 'yellow vest',
  finance: 'green vest',
  communications: 'purple vest',
};

/** Top of a role card: whose it is, of which plan, to whom one reports and where one is reached. */
export function RoleCardHead({
  card,
  frame,
  origin,
}: {
  readonly card: RoleCard;
  readonly frame: Frame;
  readonly origin: string;
}) {
  const { role, group } = card;
  const address = `${origin}${card.path}`;
  return (
    <header className={styles.titleHead}>
      <Bands {...frame} />
      <div className={styles.cardHead}>
        <div className={classNames(styles.vest, group !== null && styles[group.vest])} />
        <div className={styles.cardTitle}>
          <PlanLine source={frame.source} />
          <h2 className={styles.title}>{role.title}</h2>
          {group === null ? null : (
            <p>
              {group.name} · {group.vest}, {vestWords[group.vest]}
            </p>
          )}
          <p>
            <strong>Mission:</strong> {role.mission}
          </p>
        </div>
        <div className={styles.qrBox}>
          <QrCode text={address} label={`QR code that opens ${address}`} className={styles.qr} />
        </div>
      </div>
      <dl className={styles.facts}>
        {factsOf(card, frame).map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

function factsOf({ role, reportsTo }: RoleCard, { source }: Frame): readonly (readonly [string, string])[] {
  const { header } = source.plan;
  const own = [role.phone, role.channel].filter((each) => each !== undefined && each !== '');
  return [
    ['Reports to', reportsTo ?? 'nobody in this plan'],
    ['Position phone / channel', own.join(' · ')],
    ['Command centre phone / channel', [header?.commandPhone, header?.commandChannel].filter(Boolean).join(' · ')],
    ['Command location', header?.commandLocation ?? ''],
    ['Alternate location', header?.alternateLocation ?? ''],
  ];
}
