import { fullTime } from '../../domain/incident/zoned-time.ts';
import { classNames } from '../../ui/class-names.ts';
import type { Block, PaperDocument } from './paper-document.ts';
import { Bands, PlanLine, type Frame } from './sheet-frame.tsx';
import styles from './paper.module.css';

const title = 'Activity log';

/** Blank activity logs with the fields of ICS-214, one sheet each; the page number is written by hand, as they are used one by one. */
export function logSheets(frame: Frame, count: number): readonly PaperDocument[] {
  return Array.from({ length: count }, (_, place) => ({
    key: `log ${place + 1}`,
    title,
    first: <LogHead frame={frame} />,
    next: <LogHead frame={frame} />,
    under: {},
    blocks: [{ key: 'lines', content: <Lines />, fills: true }] satisfies readonly Block[],
  }));
}

function LogHead({ frame }: { readonly frame: Frame }) {
  const incident = frame.source.incident?.incident;
  return (
    <header>
      <Bands {...frame} />
      <div className={styles.titleBox}>
        <PlanLine source={frame.source} />
        <h2 className={styles.title}>{title}</h2>
      </div>
      <div className={styles.form}>
        <Cell label="1. Incident">{incident === undefined ? '' : `${incident.title} (${incident.code})`}</Cell>
        <Cell label="2. Operational period: from, to">
          {incident === undefined ? '' : `T0 ${fullTime(incident.startedAt, incident.zone)}`}
        </Cell>
        <Cell label="3. Name" />
        <Cell label="4. Role" />
        <Cell label="5. Organisation" />
        <Cell label="Log page" />
      </div>
      <div className={styles.formWide}>
        <Cell label="6. People with you: name, role, organisation" />
      </div>
    </header>
  );
}

function Cell({ label, children }: { readonly label: string; readonly children?: React.ReactNode }) {
  return (
    <div className={styles.cell}>
      <span>{label}</span>
      <strong>{children}</strong>
    </div>
  );
}

/** As many as fit on Letter below the tallest head; on A4 each is a little higher. */
const lineCount = 17;

function Lines() {
  return (
    <div className={styles.logPage}>
      <div className={classNames(styles.row, styles.columns, styles.log)}>
        <div>7. Date, time</div>
        <div>Notable activities, decisions, messages (task code, who)</div>
      </div>
      <div className={styles.logLines}>
        {Array.from({ length: lineCount }, (_, line) => (
          <div key={`line ${line + 1}`} className={classNames(styles.row, styles.log)}>
            <div />
            <div />
          </div>
        ))}
      </div>
      <div className={styles.form}>
        <Cell label="8. Prepared by: name, role" />
        <Cell label="Signature, date, time" />
      </div>
    </div>
  );
}
