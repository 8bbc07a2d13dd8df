import { getDocumentProxy } from 'unpdf';

export type PdfPage = {
  /** Everything printed on it, without white space: lines break where they like. */
  readonly text: string;
  /** In points of 1/72 inch. */
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
};

/** A piece of text on one line, and the box that its small letters fill; in points from the top left corner. */
export type Mark = {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
};

/** The pages of a PDF as they come out of the printer. */
export async function pdfPages(pdf: Uint8Array): Promise<readonly PdfPage[]> {
  const proxy = await getDocumentProxy(new Uint8Array(pdf));
  const pages: PdfPage[] = [];
  for (let n = 1; n <= proxy.numPages; n += 1) {
    const page = await proxy.getPage(n);
    const [left, bottom, right, top] = page.view as [number, number, number, number];
    const { items } = await page.getTextContent();
    const all = items.flatMap((item) => ('str' in item && item.str.trim() !== '' ? [markOf(item, left, top)] : []));
    const marks = all.filter((mark, place) => !isRimOf(mark, all[place - 1]));
    pages.push({
      text: withoutSpace(marks.map(({ text }) => text).join('')),
      width: Math.round(right - left),
      height: Math.round(top - bottom),
      marks,
    });
  }
  return pages;
}

/** The rim that keeps words in a picture readable is printed as the same words once more. */
function isRimOf(a: Mark, b: Mark | undefined): boolean {
  return a.text === b?.text && a.left === b.left && a.top === b.top;
}

export function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}

/** About as high as an x, in em. */
const xHeight = 0.5;

function markOf(
  { str, transform, width }: { readonly str: string; readonly transform: readonly number[]; readonly width: number },
  pageLeft: number,
  pageTop: number,
): Mark {
  const [size = 0, , , , x = 0, y = 0] = transform;
  const bottom = pageTop - y;
  return { text: str, left: x - pageLeft, right: x - pageLeft + width, top: bottom - size * xHeight, bottom };
}
