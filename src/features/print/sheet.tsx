import { memo } from 'react';
import { classNames } from '../../ui/class-names.ts';
import type { Block, PaperDocument } from './paper-document.ts';
import type { Paper } from './paper.ts';
import { PrintTime } from './print-time.tsx';
import type { PageOfBlocks } from './paginate.ts';
import styles from './paper.module.css';

/** A document with its blocks shared out to pages. */
export type LaidOut = {
  readonly document: PaperDocument;
  /** The document's, with the pieces of what no page holds. */
  readonly blocks: readonly Block[];
  readonly pages: readonly PageOfBlocks[];
};

/** The sheets of one document, as they are printed; on the screen scaled to its width. */
export const Sheets = memo(function Sheets({
  laidOut: { document, blocks, pages },
  paper,
}: {
  readonly laidOut: LaidOut;
  readonly paper: Paper;
}) {
  return pages.map(({ continues, from, to }, place) => (
    <div
      key={from === to ? `${document.key} empty` : blocks[from]?.key}
      className={classNames(styles.slot, styles[paper])}
    >
      <article
        className={styles.sheet}
        aria-label={`${document.title}, page ${place + 1} of ${pages.length}`}
        data-sheet={document.key}
      >
        <div className={styles.area}>
          <div className={styles.block}>{place === 0 ? document.first : document.next}</div>
          {continues === null ? null : <div className={styles.block}>{document.under[continues]}</div>}
          {blocks.slice(from, to).map((block) => (
            <div key={block.key} className={classNames(styles.block, block.fills && styles.fills)}>
              {block.content}
            </div>
          ))}
          <Foot title={document.title} n={place + 1} of={pages.length} />
        </div>
      </article>
    </div>
  ));
});

/** Foot of every sheet: page numbers stand in the flow, since not every browser has margin boxes. */
export function Foot({ title, n, of }: { readonly title: string; readonly n: number; readonly of: number }) {
  return (
    <footer className={styles.foot}>
      <div className={styles.footLine}>
        <span>
          Printed <PrintTime /> · compare the three words by radio
        </span>
        <span>
          {title} · page {n} of {of}
        </span>
      </div>
    </footer>
  );
}
