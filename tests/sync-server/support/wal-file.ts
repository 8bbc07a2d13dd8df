/*
 * SQLite's write-ahead log as its file format describes it (https://www.sqlite.org/fileformat2.html#walformat): a header of 32
 * bytes, then frames of 24 bytes and a page. A frame counts while it carries the header's salts; one that commits says so.
 */

const headerBytes = 32;
const frameHeaderBytes = 24;

export type Commit = {
  /** Bytes of the log up to and with this commit. */
  readonly end: number;
  /** The pages that the log holds up to here, counted from 1. */
  readonly pages: ReadonlySet<number>;
};

export type Wal = {
  readonly pageBytes: number;
  /** Oldest first; the first one is the log before any commit. */
  readonly commits: readonly Commit[];
  /** Bytes up to the last frame, committed or not; what lies behind is left of an earlier log. */
  readonly end: number;
};

/** Reads which commits a log holds; a log that is empty or not begun holds none. */
export function readWal(bytes: Buffer): Wal {
  const pageBytes = bytes.length < headerBytes ? 4096 : bytes.readUInt32BE(8);
  const pages = new Set<number>();
  const commits: Commit[] = [{ end: Math.min(bytes.length, headerBytes), pages: new Set() }];
  if (bytes.length < headerBytes) return { pageBytes, commits, end: bytes.length };
  const salts = bytes.subarray(16, 24);
  const frameBytes = frameHeaderBytes + pageBytes;
  let end = headerBytes;
  for (let at = headerBytes; at + frameBytes <= bytes.length; at += frameBytes) {
    if (!bytes.subarray(at + 8, at + 16).equals(salts)) break;
    pages.add(bytes.readUInt32BE(at));
    end = at + frameBytes;
    if (bytes.readUInt32BE(at + 4) > 0) commits.push({ end, pages: new Set(pages) });
  }
  return { pageBytes, commits, end };
}
