import { Inflate, zipSync, type Zippable } from 'fflate';
import { err, ok, type Result } from '../../domain/result.ts';

export type ArchiveFault = 'damaged' | 'too-large' | 'not-plain';

const mostFiles = 2000;
const mostInflated = 64 * 1024 * 1024;
const deepestNesting = 500;
/** So much at a time: a slice grows a thousandfold at most, and what it grew to is counted before the next one. */
const slice = 16 * 1024;

/** Of a sheet: more than a document of so many lines has. */
const lastRow = 20_000;
const lastColumn = 1000;

/**
 * The archive that a Word or Excel file is, with what it holds unpacked and nothing else: what was looked at here is what a reader gets. Counts
 * what it really unpacks to, whatever it says of itself; definitions of entities, nesting without end and cells beyond every sheet are refused.
 */
export function harmlessArchive(bytes: Uint8Array): Result<Uint8Array, ArchiveFault> {
  try {
    const entries = entriesOf(bytes);
    if (entries === null) return err('damaged');
    if (entries.length > mostFiles) return err('too-large');
    const unpacked: Zippable = {};
    let inflated = 0;
    for (const { name, isDeflated, content } of entries) {
      const parts: Uint8Array[] = [];
      for (const part of isDeflated ? inflate(content) : [content]) {
        inflated += part.length;
        if (inflated > mostInflated) return err('too-large');
        parts.push(part);
      }
      if (!/\.(?:xml|rels)$/i.test(name)) continue;
      const whole = joined(parts);
      if (isNotPlain(whole)) return err('not-plain');
      if (/\/worksheets\//i.test(name) && isBeyond(whole)) return err('too-large');
      unpacked[name] = whole;
    }
    return ok(zipSync(unpacked, { level: 0 }));
  } catch {
    return err('damaged');
  }
}

/** Whether a sheet says to have a filled cell further down or to the right than anything that is read. */
function isBeyond(sheet: Uint8Array): boolean {
  const text = new TextDecoder().decode(sheet);
  for (const [, column = '', row = '0'] of text.matchAll(/<(?:\w+:)?c\s[^>]*?\br="([A-Z]+)(\d+)"/g))
    if (Number(row) > lastRow || columnNumber(column) > lastColumn) return true;
  for (const [, row = '0'] of text.matchAll(/<(?:\w+:)?row\s[^>]*?\br="(\d+)"/g))
    if (Number(row) > 1_048_576) return true;
  return false;
}

function columnNumber(letters: string): number {
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}

type Entry = { readonly name: string; readonly isDeflated: boolean; readonly content: Uint8Array };

/** By the directory at its end (PKWARE APPNOTE 4.3), which is what readers go by. Null where it is none, or one of more than 4 GiB. */
function entriesOf(bytes: Uint8Array): readonly Entry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) return null;
  const many = view.getUint16(end + 10, true);
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let place = 0; place < many; place += 1) {
    if (view.getUint32(at, true) !== 0x02014b50) return null;
    const [method, size, name, extra, comment] = [
      view.getUint16(at + 10, true),
      view.getUint32(at + 20, true),
      view.getUint16(at + 28, true),
      view.getUint16(at + 30, true),
      view.getUint16(at + 32, true),
    ];
    const local = view.getUint32(at + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if ((method !== 0 && method !== 8) || start + size > bytes.length) return null;
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)),
      isDeflated: method === 8,
      content: bytes.subarray(start, start + size),
    });
    at += 46 + name + extra + comment;
  }
  return entries;
}

function* inflate(content: Uint8Array): Generator<Uint8Array> {
  let given: Uint8Array[] = [];
  const stream = new Inflate((part) => given.push(part));
  for (let at = 0; at < content.length; at += slice) {
    stream.push(content.subarray(at, at + slice), at + slice >= content.length);
    yield* given;
    given = [];
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const signs = { open: 0x3c, slash: 0x2f, close: 0x3e, mark: 0x21, ask: 0x3f };

/** Whether it defines entities, or is nested deeper than a document is. */
function isNotPlain(xml: Uint8Array): boolean {
  let depth = 0;
  for (let at = xml.indexOf(signs.open); at >= 0; at = xml.indexOf(signs.open, at + 1)) {
    const next = xml[at + 1];
    if (next === signs.mark) {
      if (new TextDecoder().decode(xml.subarray(at, at + 9)).toUpperCase() === '<!DOCTYPE') return true;
      continue;
    }
    if (next === signs.ask) continue;
    if (next === signs.slash) {
      depth -= 1;
      continue;
    }
    const end = xml.indexOf(signs.close, at);
    if (end < 0) return true;
    if (xml[end - 1] !== signs.slash) depth += 1;
    if (depth > deepestNesting) return true;
  }
  return false;
}
