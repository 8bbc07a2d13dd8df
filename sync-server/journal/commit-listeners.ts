import type { Head } from '../../src/domain/sync/protocol.ts';
import type { Session } from './journal.ts';
import type { Kept } from './sqlite-ledger.ts';

export type Listener = (epoch: string, head: Head) => void;
type Listening = { readonly session: Session; readonly listener: Listener };

/** A commit of one workspace. */
export type Commit = { readonly epoch: string; readonly head: Head; readonly kept: readonly Kept[] };

/** Tells each device of a workspace about the commits that it may see something of (protocol.md, `GET /api/live`). */
export class CommitListeners {
  private readonly byWorkspace = new Map<string, Set<Listening>>();

  add(session: Session, listener: Listener): () => void {
    const listening = { session, listener };
    const all = this.byWorkspace.get(session.workspace) ?? new Set<Listening>();
    this.byWorkspace.set(session.workspace, all.add(listening));
    return () => {
      all.delete(listening);
    };
  }

  isHeard(workspace: string): boolean {
    return (this.byWorkspace.get(workspace)?.size ?? 0) > 0;
  }

  /** `concerns` says whether a device may see something of the commit; asked once per listener. */
  tell(workspace: string, commit: Commit, concerns: (session: Session) => boolean): void {
    for (const { session, listener } of this.byWorkspace.get(workspace) ?? []) {
      if (concerns(session)) listener(commit.epoch, commit.head);
    }
  }
}
