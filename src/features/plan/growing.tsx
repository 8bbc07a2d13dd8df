import { memo, startTransition, useEffect, useMemo, useState } from 'react';

export type Block = { readonly key: string; readonly node: React.ReactNode };

/** Few enough that a slow phone draws them between two touches. */
const chunkSize = 16;

/**
 * Draws a long document piece by piece, so that the first screen stands at once and nothing freezes. `onGrown` hears how many
 * blocks stand. Give it a key that changes with the document.
 */
export function Growing({
  blocks,
  onGrown,
}: {
  readonly blocks: readonly Block[];
  readonly onGrown?: (blocks: number) => void;
}) {
  const chunks = useMemo(() => inChunks(blocks), [blocks]);
  const [standing, setStanding] = useState(1);
  useEffect(() => {
    onGrown?.(Math.min(standing * chunkSize, blocks.length));
    if (standing >= chunks.length) return undefined;
    const next = setTimeout(() => startTransition(() => setStanding((before) => before + 1)));
    return () => clearTimeout(next);
  }, [standing, chunks, blocks, onGrown]);
  return chunks.slice(0, standing).map((chunk) => <Chunk key={chunk[0]?.key} blocks={chunk} />);
}

const Chunk = memo(function Chunk({ blocks }: { readonly blocks: readonly Block[] }) {
  return blocks.map(({ key, node }) => <BlockNode key={key}>{node}</BlockNode>);
});

function BlockNode({ children }: { readonly children: React.ReactNode }) {
  return children;
}

function inChunks(blocks: readonly Block[]): readonly (readonly Block[])[] {
  const chunks: (readonly Block[])[] = [];
  for (let at = 0; at < blocks.length; at += chunkSize) chunks.push(blocks.slice(at, at + chunkSize));
  return chunks;
}
