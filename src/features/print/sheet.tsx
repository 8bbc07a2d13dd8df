import { memo } from 'react';
import { classNames } from '../../ui/class-names.ts';
import type { Block, PaperDocument } from './paper-document.ts';
import type { Paper } from './paper.ts';
import type { PageOfBlocks } from './paginate.ts';
import { Foot } from './sheet-frame.tsx';
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
        data-theme="light"
        aria-label={`${document.title}, page ${place + 1} of ${pages.length}`}
        data-sheet={document.key}
      >
        <div className={styles.area}>
          <div className={styles.block}>{place === 0 ? document.first : document.next}</div>
          {continues === null ? null : <div className={styles.block}>{blocks[from]?.under?.content}</div>}
          {blocks.slice(from, to).map((block) => (
            <div key={block.key} className={classNames(styles.block, block.fills && styles.fills)}>
              {block.content}
            </div>
          ))}
          <div className={styles.foot}>
            <Foot title={document.title} n={place + 1} of={pages.length} />
          </div>
        </div>
      </article>
    </div>
  ));
});
