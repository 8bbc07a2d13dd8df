import { decodeUtf8 } from '../../domain/plan/decode-utf8.ts';

/** What a chosen file says, or why it is no list. */
export type ListFile =
  { readonly tag: 'text'; readonly text: string } | { readonly tag: 'fault'; readonly words: string };

/** Of UTF-8: no list of so many people as are invited at a time is longer. */
const mostBytes = 1_000_000;

/** Reads a list of people strictly as UTF-8: what is damaged or written in other letters must not become somebody’s name. */
export async function readListFile(file: Blob): Promise<ListFile> {
  if (file.size > mostBytes) return fault('This file is too long for a list of people.');
  const bytes = await file.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => null,
  );
  if (bytes === null) return fault('This file can’t be read. Choose it again, or paste the list here.');
  if (!isUtf16(bytes) && bytes.some(isNoText))
    return fault('This is no list but another kind of file. Save it from the spreadsheet as CSV, then open that.');
  const text = isUtf16(bytes) ? null : decodeUtf8(bytes);
  return text === null
    ? fault(
        'This file is not in UTF-8, so names in it would come out wrong. Save it as “CSV UTF-8”, or paste the list.',
      )
    : { tag: 'text', text };
}

/** By the mark that spreadsheets set before it. */
function isUtf16([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** Signs that steer machines; none but tabs and ends of lines stands in a text. */
function isNoText(byte: number): boolean {
  return byte < 0x09 || (byte > 0x0d && byte < 0x20);
}

function fault(words: string): ListFile {
  return { tag: 'fault', words };
}
