import { createElement } from 'react';
import type { CardTime } from '../../domain/card/card-source.ts';
import { classNames } from '../../ui/class-names.ts';
import type { Block, Under } from './paper-document.ts';
import styles from './table.module.css';

/** A table of paper. Its rows are blocks of their own, so the class `columns` gives its columns fixed widths. */
export type Table = { readonly name: string; readonly heads: readonly string[]; readonly columns: string | undefined };

/** What stands in a cell, in parts between which a row that no page holds is cut. */
export type Cell = readonly React.ReactNode[];

/** A part on a line of its own. */
export function line(content: React.ReactNode, look?: string): React.ReactNode {
  return <p className={look}>{content}</p>;
}

export type Row = {
  readonly key: string;
  /** What it is called where a page begins in the middle of it. */
  readonly name: string;
  /** Its cells, in parts of at most so many characters. */
  readonly cells: (longest: number) => readonly Cell[];
};

/** A table: its heads, which stand again where a page begins in the middle of it, and its rows, each whole on one page. */
export function tableBlocks(key: string, table: Table, rows: readonly Row[]): readonly Block[] {
  if (rows.length === 0) return [];
  const heads = <TableHeads table={table} />;
  return [
    { key: `${key} columns`, content: heads, withNext: true },
    ...rows.map((row) =>
      rowBlock({ ...row, key: `${key} ${row.key}` }, table, { key: `columns ${table.name}`, content: heads }),
    ),
  ];
}

/** A row whole on one page; what no page holds is cut, and says on each page that it goes on. */
export function rowBlock(row: Row, table: Table, under: Under): Block {
  return {
    key: row.key,
    under,
    content: <TableRow table={table} cells={row.cells(Number.POSITIVE_INFINITY)} />,
    pieces: () => piecesOf(row, table, under),
  };
}

/** Characters that a page surely holds in the narrowest column of texts. */
const pieceLength = 500;

function piecesOf({ key, name, cells }: Row, table: Table, under: Under): readonly Block[] {
  const all = cells(pieceLength);
  const again = {
    key: `${key} again`,
    content: (
      <>
        {under.content}
        <p className={styles.goesOn}>{name} (continued)</p>
      </>
    ),
  };
  const count = Math.max(...all.map(({ length }) => length));
  return Array.from({ length: count }, (_, place) => ({
    key: `${key} ${place}`,
    under: place === 0 ? under : again,
    withNext: place === 0,
    content: (
      <TableRow
        table={table}
        cells={all.map((parts) => parts.slice(place, place + 1))}
        look={place < count - 1 ? styles.piece : undefined}
      />
    ),
  }));
}

export function TableHeads({ table }: { readonly table: Table }) {
  return (
    <div className={classNames(styles.row, styles.heads, table.columns)}>
      {table.heads.map((each) => (
        <div key={each}>{each}</div>
      ))}
    </div>
  );
}

export function TableRow({
  table,
  cells,
  look,
}: {
  readonly table: Table;
  readonly cells: readonly Cell[];
  readonly look?: string | undefined;
}) {
  return (
    <div className={classNames(styles.row, table.columns, look)}>
      {table.heads.map((head, place) => createElement('div', { key: head }, ...(cells[place] ?? [])))}
    </div>
  );
}

/** The same on one line. */
export function CardTimeLine({ time: { afterStart, clock } }: { readonly time: CardTime }) {
  return (
    <>
      <strong>{afterStart}</strong>
      {clock === null ? null : ` · ${clock}`}
    </>
  );
}

/** Hours after T0, and below them what a clock shows then. */
export function CardTimeWords({ time: { afterStart, clock } }: { readonly time: CardTime }) {
  return (
    <>
      <strong>{afterStart}</strong>
      {clock === null ? null : <p>{clock}</p>}
    </>
  );
}
