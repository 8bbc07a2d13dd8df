import { fullTime } from '../../domain/incident/zoned-time.ts';
import { classNames } from '../../ui/class-names.ts';
import type { Block, PaperDocument } from './paper-document.ts';
import { Bands, TitleBox, type Frame } from './sheet-frame.tsx';
import { TableHeads, TableRow, type Table } from './table.tsx';
import styles from './log-sheets.module.css';

const title = 'Activity log';

/** Blank activity logs with the fields of ICS-214, one sheet each; the page number is written by hand, as they are used one by one. */
export function logSheets(frame: Frame, count: number): readonly PaperDocument[] {
  return Array.from({ length: count }, (_, place) => ({
    key: `log ${place + 1}`,
    title,
    first: <LogHead frame={frame} />,
    next: <LogHead frame={frame} />,
    blocks: [linesBlock(mostLines)],
  }));
}

function LogHead({ frame }: { readonly frame: Frame }) {
  const incident = frame.source.incident?.incident;
  return (
    <header>
      <Bands {...frame} />
      <TitleBox frame={frame} title={title} />
      <div className={styles.form}>
        <Cell label="1. Incident">{incident === undefined ? '' : `${incident.title} (${incident.code})`}</Cell>
        <Cell label="2. Operational period: from, to">
          {incident === undefined ? '' : `T0 ${fullTime(incident.startedAt, incident.zone)}`}
        </Cell>
        <Cell label="3. Name" />
        <Cell label="4. Role" />
        <Cell label="5. Organisation" />
        <Cell label="Log page" />
        <Cell label="6. People with you: name, role, organisation" wide />
      </div>
    </header>
  );
}

function Cell({
  label,
  wide = false,
  children,
}: {
  readonly label: string;
  readonly wide?: boolean;
  readonly children?: React.ReactNode;
}) {
  return (
    <div className={classNames(styles.cell, wide && styles.wide)}>
      <span>{label}</span>
      <strong>{children}</strong>
    </div>
  );
}

const logTable: Table = {
  name: 'log',
  heads: ['7. Date, time', 'Notable activities, decisions, messages (task code, who)'],
  columns: styles.logColumns,
};

/** What A4 holds below the shortest head. */
const mostLines = 22;

/** As many lines as the page holds; they share what is left of it. */
function linesBlock(count: number): Block {
  return {
    key: `${count} lines`,
    content: <Lines count={count} />,
    fills: true,
    ...(count === 1 ? {} : { pieces: () => [linesBlock(count - 1)] }),
  };
}

function Lines({ count }: { readonly count: number }) {
  return (
    <div className={styles.page}>
      <TableHeads table={logTable} />
      <div className={styles.lines}>
        {Array.from({ length: count }, (_, line) => (
          <TableRow key={`line ${line + 1}`} table={logTable} cells={[]} />
        ))}
      </div>
      <div className={styles.form}>
        <Cell label="8. Prepared by: name, role" />
        <Cell label="Signature, date, time" />
      </div>
    </div>
  );
}
