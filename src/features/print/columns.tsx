import { classNames } from '../../ui/class-names.ts';
import type { Block } from './paper-document.ts';
import styles from './paper.module.css';

/** Tables of paper by the class of their columns; each stands again where a page begins in the middle of it. */
const tables = {
  contacts: ['Who', 'Reached by, in this order', 'Verified'],
  roles: ['Role', 'Held by', 'Phone, channel'],
  milestones: ['Milestone', 'Reached when done', 'Planned', 'Reached at'],
  cadence: ['After T0', 'How often', 'Audience', 'Channel'],
  supports: ['Code', 'Task', 'Owner', 'Target'],
  resources: ['What', 'How much', 'From, cost'],
} as const;
type Table = keyof typeof tables;

/** What `under` of a document with such tables holds. */
export const columnHeads = Object.fromEntries(
  (Object.keys(tables) as Table[]).map((table) => [table, <Columns key={table} table={table} />]),
) as Readonly<Record<Table, React.ReactNode>>;

/** A table: its heads and its rows, each row whole on one page. */
export function tableBlocks(
  key: string,
  table: Table,
  rows: readonly { readonly key: string; readonly cells: React.ReactNode }[],
): readonly Block[] {
  if (rows.length === 0) return [];
  return [
    { key: `${key} columns`, content: columnHeads[table], withNext: true },
    ...rows.map((row) => ({
      key: `${key} ${row.key}`,
      under: table,
      content: <div className={classNames(styles.row, styles.action, styles[table])}>{row.cells}</div>,
    })),
  ];
}

function Columns({ table }: { readonly table: Table }) {
  return (
    <div className={classNames(styles.row, styles.columns, styles[table])}>
      {tables[table].map((each) => (
        <div key={each}>{each}</div>
      ))}
    </div>
  );
}
