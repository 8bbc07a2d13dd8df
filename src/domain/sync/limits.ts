/** protocol.md, Limits; bytes are UTF-8 bytes, of `JSON.stringify(value)` where a value is meant. */
export const limits = {
  bodyBytes: 8 * 1024 * 1024,
  changesPerPush: 500,
  valueBytes: 64 * 1024,
  planVersionBytes: 6 * 1024 * 1024,
  /** Well over the largest plan of product.md; 6 MiB of empty items would take minutes to refuse one by one. */
  planItems: 20_000,
  pageRecords: 500,
  pageBytes: 4 * 1024 * 1024,
  /** An attempt to sync ends after this. */
  attemptMs: 60_000,
  /** A clock offset up to this counts as 0. */
  toleratedOffsetMs: 60_000,
} as const;
