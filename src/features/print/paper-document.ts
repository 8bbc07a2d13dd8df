import type { ReactNode } from 'react';

/**
 * Something that is never broken across pages. Its height counts by itself, so a block has padding where it wants distance, and
 * no margins.
 */
export type Block = {
  /** Unique in its document. */
  readonly key: string;
  readonly content: ReactNode;
  /** A title: never the last thing on a page. */
  readonly withNext?: boolean;
  /** Takes what is left of its page. */
  readonly fills?: boolean;
  /** What of `under` stands above it again when a page begins with this block. */
  readonly under?: string;
  /** What stands instead when the block alone is taller than a page. */
  readonly pieces?: () => readonly Block[];
};

/** Sheets that belong together and are counted together: `page n of m`. */
export type PaperDocument = {
  readonly key: string;
  /** In the foot of each page. */
  readonly title: string;
  /** Head of the first page, and of the later ones. */
  readonly first: ReactNode;
  readonly next: ReactNode;
  readonly under: Readonly<Record<string, ReactNode>>;
  readonly blocks: readonly Block[];
};

/** Paragraphs of a long text as pieces that surely fit on a page, cut between words. */
export function paragraphs(text: string, longest = 600): readonly string[] {
  return text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => cut(line, longest));
}

function cut(line: string, longest: number): readonly string[] {
  const parts: string[] = [];
  let rest = line;
  while (rest.length > longest) {
    const space = rest.lastIndexOf(' ', longest);
    const end = space > 0 ? space : longest;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...parts, rest];
}
