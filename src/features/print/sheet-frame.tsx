import type { CardSource } from '../../domain/card/card-source.ts';
import type { IncidentRecords } from '../../domain/incident/incident.ts';
import type { GrantedRoles } from '../../domain/incident/workers-in.ts';
import { fullTime } from '../../domain/incident/zoned-time.ts';
import type { Millis } from '../../domain/time.ts';
import { threeWords } from '../../domain/plan/three-words.ts';
import { shortHash } from '../../parts/version-name.ts';
import { classNames } from '../../ui/class-names.ts';
import { Code } from './code.tsx';
import { MomentWords } from './print-moment.tsx';
import styles from './sheet-frame.module.css';

/** What stands on every sheet, whatever it is of. */
export type Frame = {
  readonly source: CardSource;
  /** Everything reported in the incident; null without one. */
  readonly records: IncidentRecords | null;
  readonly exercise: boolean;
  /** The later version that some contacts are of; null where all are of the version that is printed. */
  readonly contactsFrom: number | null;
  /** When what is on the sheets was known; ages of numbers are by it. */
  readonly takenAt: Millis;
  /** Roles of the grants that this device knows: who was invited with a role is called too. */
  readonly granted: GrantedRoles;
};

/** An exercise is unmistakable without colour too; a real incident names itself on every page. */
export function Bands({ source, exercise }: Pick<Frame, 'source' | 'exercise'>) {
  const incident = source.incident?.incident;
  return (
    <>
      {exercise ? (
        <div className={styles.exercise}>
          <Stripes />
          <strong>EXERCISE · not a real incident</strong>
          <Stripes />
        </div>
      ) : null}
      {incident === undefined ? null : (
        <div className={styles.incident}>
          <strong>
            {incident.mode === 'exercise' ? 'Exercise' : 'Incident'}: {incident.title}
          </strong>
          <span>
            Code <strong>{incident.code}</strong> · T0 {fullTime(incident.startedAt, incident.zone)}
          </span>
        </div>
      )}
    </>
  );
}

const slants = Array.from({ length: 60 }, (_, place) => `M${place * 10} 6l6-6h4l-6 6z`).join('');

/** Drawn, not a background: printers and browsers leave backgrounds out. */
function Stripes() {
  return (
    <svg className={styles.stripes} viewBox="0 0 600 6" preserveAspectRatio="xMinYMid slice" aria-hidden="true">
      <path d={slants} fill="#000" />
    </svg>
  );
}

/** `Example Office · Online recovery · version 14 (3f9ac2d1) · harbour-candle-oak` */
export function PlanLine({ source }: { readonly source: CardSource }) {
  const { header } = source.plan;
  return (
    <p className={styles.planLine}>
      {header === null ? 'Part of a plan' : `${header.organisation} · ${header.title}`} ·{' '}
      <VersionWords source={source} />
    </p>
  );
}

/** The version by number, short hash and the three words that two people compare over a radio. */
function VersionWords({ source }: { readonly source: CardSource }) {
  return (
    <>
      version {source.number} ({shortHash(source.hash)}) ·{' '}
      <strong>
        <Code>{threeWords(source.hash).join('-')}</Code>
      </strong>
    </>
  );
}

/** Head of the later pages of a document. */
export function RunningHead({ frame, title }: { readonly frame: Frame; readonly title: string }) {
  return (
    <header className={styles.runningHead}>
      <Bands {...frame} />
      <div className={styles.runningLine}>
        <strong>{title}</strong>
        <p className={styles.planLine}>
          {frame.source.plan.header?.title ?? 'Part of a plan'}, <VersionWords source={frame.source} />
        </p>
      </div>
    </header>
  );
}

/** Head of the first page of what is no role card. */
export function TitleHead({ frame, title }: { readonly frame: Frame; readonly title: string }) {
  return (
    <header className={styles.titleHead}>
      <Bands {...frame} />
      <TitleBox frame={frame} title={title} />
    </header>
  );
}

export function TitleBox({ frame, title }: { readonly frame: Frame; readonly title: string }) {
  return (
    <div className={styles.titleBox}>
      <PlanLine source={frame.source} />
      <SheetTitle>{title}</SheetTitle>
    </div>
  );
}

export function SheetTitle({ children }: { readonly children: string }) {
  return <h2 className={classNames(styles.title, children.length > 80 && styles.longTitle)}>{children}</h2>;
}

/** Foot of every sheet: page numbers stand in the flow, since not every browser has margin boxes. */
export function Foot({ title, n, of }: { readonly title: string; readonly n: number; readonly of: number }) {
  return (
    <footer className={styles.foot}>
      <span>
        As of <MomentWords /> · compare the three words by radio
      </span>
      <span className={styles.page}>
        {title} ·{' '}
        <span className={styles.number}>
          page {n} of {of}
        </span>
      </span>
    </footer>
  );
}
