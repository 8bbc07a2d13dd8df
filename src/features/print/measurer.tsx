import { useLayoutEffect, useRef, useState } from 'react';
import { classNames } from '../../ui/class-names.ts';
import type { Block, PaperDocument } from './paper-document.ts';
import type { Paper } from './paper.ts';
import { paginate } from './paginate.ts';
import type { LaidOut } from './sheet.tsx';
import { Foot } from './sheet-frame.tsx';
import styles from './paper.module.css';

type MeasurerProps = {
  readonly document: PaperDocument;
  readonly paper: Paper;
  readonly onLaidOut: (laidOut: LaidOut) => void;
};

/** CSS pixels that a page keeps free: printers round other than screens. */
const spare = 4;
/** Blocks set at once: a card of a large plan has hundreds, and the phone must answer between them. */
const portion = 48;

type Work = {
  readonly blocks: readonly Block[];
  /** The first block of the portion that is set now; what stands on every page is set with the very first. */
  readonly from: number;
  readonly heights: ReadonlyMap<string, number>;
};

/**
 * Sets a document out of sight at the width of the paper, a portion in each turn of the event loop, reads the heights of its
 * blocks and shares them out to pages. What no page holds is set again in pieces.
 */
export function Measurer({ document, paper, onLaidOut }: MeasurerProps) {
  const [work, setWork] = useState<Work>({ blocks: document.blocks, from: 0, heights: new Map() });
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (place.current === null) return undefined;
    const heights = new Map([...work.heights, ...heightsIn(place.current)]);
    const next = afterPortion(document, work, heights);
    if ('pages' in next) return onLaidOut(next);
    const timer = setTimeout(() => setWork(next), 0);
    return () => clearTimeout(timer);
  }, [document, work, onLaidOut]);
  return (
    <div ref={place} className={classNames(styles.measurer, styles[paper])} aria-hidden="true" inert>
      <div className={styles.area} data-measure="area" />
      <div className={styles.column}>
        {work.from === 0 ? <EveryPage document={document} blocks={work.blocks} /> : null}
        {work.blocks.slice(work.from, work.from + portion).map((block) => (
          <Measured key={block.key} name={blockName(block)}>
            {block.content}
          </Measured>
        ))}
      </div>
    </div>
  );
}

/** The next portion, or all again where something was too tall, or the pages. */
function afterPortion(document: PaperDocument, work: Work, heights: ReadonlyMap<string, number>): Work | LaidOut {
  const { blocks } = work;
  if (work.from + portion < blocks.length) return { blocks, from: work.from + portion, heights };
  const heightOf = (name: string) => heights.get(name) ?? 0;
  const page = heightOf('area') - heightOf('foot') - spare;
  const room = { first: page - heightOf('first'), next: page - heightOf('next') };
  const tooTall = (block: Block) =>
    heightOf(blockName(block)) > room.next - underHeight(block.under?.key ?? null, heightOf);
  if (blocks.some((block) => block.pieces !== undefined && tooTall(block))) {
    const pieces = blocks.flatMap((block) => (block.pieces !== undefined && tooTall(block) ? block.pieces() : [block]));
    return { blocks: pieces, from: 0, heights };
  }
  const measured = blocks.map((block) => ({
    height: heightOf(blockName(block)),
    withNext: block.withNext ?? false,
    under: block.under?.key ?? null,
  }));
  return { document, blocks, pages: paginate(measured, room, (name) => underHeight(name, heightOf)) };
}

function EveryPage({ document, blocks }: { readonly document: PaperDocument; readonly blocks: readonly Block[] }) {
  const unders = new Map(blocks.flatMap(({ under }) => (under === undefined ? [] : [[under.key, under.content]])));
  return (
    <>
      <Measured name="first">{document.first}</Measured>
      <Measured name="next">{document.next}</Measured>
      <Measured name="foot">
        <Foot title={document.title} n={8888} of={8888} />
      </Measured>
      {[...unders].map(([name, content]) => (
        <Measured key={name} name={`under ${name}`}>
          {content}
        </Measured>
      ))}
    </>
  );
}

function Measured({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div className={styles.block} data-measure={name}>
      {children}
    </div>
  );
}

function heightsIn(place: HTMLElement): readonly (readonly [string, number])[] {
  return [...place.querySelectorAll<HTMLElement>('[data-measure]')].map((each) => [
    each.dataset['measure'] ?? '',
    each.getBoundingClientRect().height,
  ]);
}

function blockName({ key }: Block): string {
  return `block ${key}`;
}

function underHeight(name: string | null, heightOf: (name: string) => number): number {
  return name === null ? 0 : heightOf(`under ${name}`);
}
