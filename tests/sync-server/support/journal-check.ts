import type { ChangeId } from '../../../src/domain/ids.ts';
import { chainStart } from '../../../src/domain/sync/hash-chain.ts';
import { verifyEntry } from '../../support/verify-entry.ts';
import type { Head, JournalEntry } from '../../../src/domain/sync/protocol.ts';
import { nativeSha256 } from '../../../sync-server/journal/native-sha256.ts';

export type ReadEntries = (
  after: number,
) => Promise<{ readonly entries: readonly JournalEntry[]; readonly after: number; readonly more: boolean }>;

/**
 * Reads a journal as a coordinator may and recomputes its hash chain entry by entry; throws at the first that does not follow
 * from the one before, or that brings a change a second time. Goes on where it stopped, so that a growing journal is read once.
 */
export class JournalCheck {
  head: Head;
  readonly changes = new Map<ChangeId, JournalEntry>();

  constructor(epoch: string) {
    this.head = { seq: 0, hash: chainStart(epoch, nativeSha256) };
  }

  /** A check of another copy of the same journal, from here on. */
  fork(): JournalCheck {
    const other = new JournalCheck('');
    other.head = this.head;
    for (const [id, entry] of this.changes) other.changes.set(id, entry);
    return other;
  }

  async readOn(read: ReadEntries): Promise<void> {
    for (let more = true; more;) {
      const page = await read(this.head.seq);
      for (const entry of page.entries) this.take(entry);
      more = page.more;
    }
  }

  private take(entry: JournalEntry): void {
    const { seq, change, hash } = entry;
    if (seq !== this.head.seq + 1) throw new Error(`entry ${String(seq)} follows ${String(this.head.seq)}`);
    if (!verifyEntry(this.head.hash, entry, nativeSha256)) throw new Error(`the chain breaks at ${String(seq)}`);
    if (this.changes.has(change.id)) throw new Error(`${change.id} was applied twice`);
    this.changes.set(change.id, entry);
    this.head = { seq, hash };
  }
}
