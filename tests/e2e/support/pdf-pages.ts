import { extractText, getDocumentProxy } from 'unpdf';

export type PdfPage = {
  /** Everything printed on it, without white space: lines break where they like. */
  readonly text: string;
  /** In points of 1/72 inch. */
  readonly width: number;
  readonly height: number;
};

/** The pages of a PDF as they come out of the printer. */
export async function pdfPages(pdf: Uint8Array): Promise<readonly PdfPage[]> {
  const proxy = await getDocumentProxy(new Uint8Array(pdf));
  const { text } = await extractText(proxy, { mergePages: false });
  return Promise.all(
    text.map(async (each, place) => {
      const [left, bottom, right, top] = (await proxy.getPage(place + 1)).view as [number, number, number, number];
      return { text: withoutSpace(each), width: Math.round(right - left), height: Math.round(top - bottom) };
    }),
  );
}

export function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}
