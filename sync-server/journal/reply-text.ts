import type { SyncedRecord, SyncReply } from '../../src/domain/sync/protocol.ts';

type Written = { readonly frame: Omit<SyncReply, 'records'>; readonly texts: readonly string[] };

const written = new WeakMap<SyncReply, Written>();

/** A reply whose records are JSON texts already; they are read only where somebody asks for them. */
export function replyOf(frame: Omit<SyncReply, 'records'>, texts: readonly string[]): SyncReply {
  let records: readonly SyncedRecord[] | null = null;
  const reply = {
    ...frame,
    get records() {
      return (records ??= texts.map((text) => JSON.parse(text) as SyncedRecord));
    },
  };
  written.set(reply, { frame, texts });
  return reply;
}

/** The reply as JSON. What is written already is not read and written again: that would be most of the work of a page. */
export function replyText(reply: SyncReply): Buffer {
  const known = written.get(reply);
  if (known === undefined) return Buffer.from(JSON.stringify(reply));
  return Buffer.from(`${JSON.stringify(known.frame).slice(0, -1)},"records":[${known.texts.join(',')}]}`);
}
