import type { WorkspaceId } from '../../src/domain/ids.ts';
import type { CommitListeners } from './commit-listeners.ts';
import type { Engine } from './engine.ts';
import type { JournalWork } from './journal-work.ts';
import type { Kept } from './ledger.ts';
import type { Work } from './work.ts';

/**
 * Tells those who listen on this node what was committed, here or elsewhere. What was committed stays so whether anybody hears of
 * it or not: nothing here fails.
 */
export class Nudges {
  private readonly engine: Engine;
  private readonly work: JournalWork;
  private readonly listeners: CommitListeners;
  /** The last `seq` that listeners of a workspace have heard of. */
  private readonly told = new Map<WorkspaceId, number>();

  constructor(engine: Engine, work: JournalWork, listeners: CommitListeners) {
    this.engine = engine;
    this.work = work;
    this.listeners = listeners;
  }

  /** Of a commit of this node. */
  committed(id: WorkspaceId, kept: readonly Kept[]): Promise<void> {
    return this.tell(id, () => atHand(kept));
  }

  /** Of a commit of another node: whatever follows `after`. */
  committedElsewhere(id: WorkspaceId, after: number): Promise<void> {
    return this.tell(id, (ws) => this.work.keptAfter(ws, after));
  }

  /** Of whatever may have been missed. */
  async lookAround(): Promise<void> {
    for (const id of this.listeners.heard())
      await this.tell(id, (ws, seq) => this.work.keptAfter(ws, Math.min(seq, this.told.get(id) ?? 0)));
  }

  private async tell(
    id: WorkspaceId,
    keptOf: (ws: number, seq: number) => Work<readonly Kept[] | null>,
  ): Promise<void> {
    const people = this.listeners.listeningTo(id);
    if (people.length === 0) return;
    try {
      const { commit, scope, rights } = await this.engine.read((within) =>
        this.work.newsFor(within, id, people, keptOf),
      );
      this.told.set(id, Math.max(commit.head.seq, this.told.get(id) ?? 0));
      this.listeners.tell(id, commit, scope, rights);
    } catch {
      // They hear of it with the next commit, or at the latest when their stream ends with its token.
    }
  }
}

// oxlint-disable-next-line require-yield -- work that has nothing to ask
function* atHand<T>(value: T): Work<T> {
  return value;
}
