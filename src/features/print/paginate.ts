export type MeasuredBlock = { readonly height: number; readonly withNext: boolean; readonly under: string | null };

/** Heights that blocks may fill, in the unit of the blocks: on the first page, whose head is taller, and on each later one. */
export type Room = { readonly first: number; readonly next: number };

/** Blocks `from` up to, not including, `to`; `continues` names what stands above them again. */
export type PageOfBlocks = { readonly continues: string | null; readonly from: number; readonly to: number };

/**
 * Fills pages with whole blocks in order. Guarantees: each block is on exactly one page; none is broken; a block that stands
 * with the next is last on a page only where both together are taller than one; at least one page. A block taller than a
 * page gets a page of its own and runs over.
 */
export function paginate(
  blocks: readonly MeasuredBlock[],
  room: Room,
  heightUnder: (name: string) => number,
): readonly PageOfBlocks[] {
  const pages: PageOfBlocks[] = [];
  let page = { continues: null as string | null, from: 0, used: 0, room: room.first };
  const turn = (at: number) => {
    pages.push({ continues: page.continues, from: page.from, to: at });
    const continues = blocks[at]?.under ?? null;
    page = { continues, from: at, used: continues === null ? 0 : heightUnder(continues), room: room.next };
  };
  let at = 0;
  while (at < blocks.length) {
    const end = endOfRun(blocks, at);
    const height = sum(blocks, at, end);
    const isFresh = page.from === at && pages.length > 0;
    if (page.used + height <= page.room) {
      page.used += height;
      at = end;
    } else if (!isFresh) {
      turn(at);
    } else {
      // Not even a page of its own holds the run: block by block then.
      page.used += blocks[at]?.height ?? 0;
      at += 1;
    }
  }
  pages.push({ continues: page.continues, from: page.from, to: blocks.length });
  return pages;
}

/** After the last block that must stand on one page with block `at`. */
function endOfRun(blocks: readonly MeasuredBlock[], at: number): number {
  let end = at;
  while (end < blocks.length - 1 && blocks[end]?.withNext === true) end += 1;
  return end + 1;
}

function sum(blocks: readonly MeasuredBlock[], from: number, to: number): number {
  return blocks.slice(from, to).reduce((height, block) => height + block.height, 0);
}
