import { useLayoutEffect, useRef, useState } from 'react';
import { classNames } from '../../ui/class-names.ts';
import type { Block, PaperDocument } from './paper-document.ts';
import type { Paper } from './paper.ts';
import { paginate } from './paginate.ts';
import { Foot, type LaidOut } from './sheet.tsx';
import styles from './paper.module.css';

type MeasurerProps = {
  readonly document: PaperDocument;
  readonly paper: Paper;
  readonly onLaidOut: (laidOut: LaidOut) => void;
};

/** CSS pixels that a page keeps free: printers round other than screens. */
const spare = 4;

/**
 * Sets a document out of sight at the width of the paper, reads the heights of its blocks and shares them out to pages. What no
 * page holds is set again in pieces.
 */
export function Measurer({ document, paper, onLaidOut }: MeasurerProps) {
  const [blocks, setBlocks] = useState(document.blocks);
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (place.current === null) return;
    const heightOf = heightsIn(place.current);
    const page = heightOf('area') - heightOf('foot') - spare;
    const room = { first: page - heightOf('first'), next: page - heightOf('next') };
    const tooTall = (block: Block) =>
      heightOf(blockName(block)) > room.next - underHeight(block.under ?? null, heightOf);
    if (blocks.some((block) => block.pieces !== undefined && tooTall(block))) {
      setBlocks(blocks.flatMap((block) => (block.pieces !== undefined && tooTall(block) ? block.pieces() : [block])));
      return;
    }
    const measured = blocks.map((block) => ({
      height: heightOf(blockName(block)),
      withNext: block.withNext ?? false,
      under: block.under ?? null,
    }));
    onLaidOut({ document, blocks, pages: paginate(measured, room, (name) => underHeight(name, heightOf)) });
  }, [document, blocks, onLaidOut]);
  return (
    <div ref={place} className={classNames(styles.measurer, styles[paper])} aria-hidden="true" inert>
      <div className={styles.area} data-measure="area" />
      <div className={styles.column}>
        <Measured name="first">{document.first}</Measured>
        <Measured name="next">{document.next}</Measured>
        <Measured name="foot">
          <Foot title={document.title} n={88} of={88} />
        </Measured>
        {Object.entries(document.under).map(([name, content]) => (
          <Measured key={name} name={`under ${name}`}>
            {content}
          </Measured>
        ))}
        {blocks.map((block) => (
          <Measured key={block.key} name={blockName(block)}>
            {block.content}
          </Measured>
        ))}
      </div>
    </div>
  );
}

function Measured({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div className={styles.block} data-measure={name}>
      {children}
    </div>
  );
}

function heightsIn(place: HTMLElement): (name: string) => number {
  const heights = new Map<string, number>();
  for (const each of place.querySelectorAll<HTMLElement>('[data-measure]')) {
    heights.set(each.dataset['measure'] ?? '', each.getBoundingClientRect().height);
  }
  return (name) => heights.get(name) ?? 0;
}

function blockName({ key }: Block): string {
  return `block ${key}`;
}

function underHeight(name: string | null, heightOf: (name: string) => number): number {
  return name === null ? 0 : heightOf(`under ${name}`);
}
