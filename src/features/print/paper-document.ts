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
  /** What stands above it again when a page begins with this block. */
  readonly under?: Under;
  /** What stands instead when the block alone is taller than a page. */
  readonly pieces?: () => readonly Block[];
};

/** Heads of what goes on on another page; the same key is the same content in all of a document. */
export type Under = { readonly key: string; readonly content: ReactNode };

/** Sheets that belong together and are counted together: `page n of m`. */
export type PaperDocument = {
  readonly key: string;
  /** In the foot of each page. */
  readonly title: string;
  /** Head of the first page, and of the later ones. */
  readonly first: ReactNode;
  readonly next: ReactNode;
  readonly blocks: readonly Block[];
};

/** Paragraphs of a text, those longer than `longest` cut between sentences, else between words. */
export function paragraphs(text: string, longest: number): readonly string[] {
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
    const end = endOfPart(rest, longest);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...parts, rest];
}

function endOfPart(text: string, longest: number): number {
  const sentence = text.slice(0, longest).search(/[.!?] [^.!?]*$/) + 1;
  if (sentence > longest / 2) return sentence;
  const space = text.lastIndexOf(' ', longest);
  if (space > 0) return space;
  // A character outside the basic plane is two units long.
  return /[\uD800-\uDBFF]$/.test(text.slice(0, longest)) ? longest - 1 : longest;
}
