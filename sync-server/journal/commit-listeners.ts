import type { Rights } from '../../src/domain/access/access.ts';
import type { AccessScope } from '../../src/domain/access/access-scope.ts';
import { maySee } from '../../src/domain/access/may-see.ts';
import type { PersonId, WorkspaceId } from '../../src/domain/ids.ts';
import type { Head } from '../../src/domain/sync/protocol.ts';
import type { SequenceGap } from '../../src/domain/sync/reconcile-facts.ts';
import { deviceOf } from '../../src/domain/sync/stamp.ts';
import type { GapListener, Session } from './journal.ts';
import type { Kept } from './sqlite-ledger.ts';

type Listener = (epoch: string, head: Head) => void;
type Listening = { readonly session: Session; readonly listener: Listener };

/** A commit of one workspace. */
export type Commit = { readonly epoch: string; readonly head: Head; readonly kept: readonly Kept[] };

/** Tells each device of a workspace about the commits that it may see something of (protocol.md, `GET /api/live`). */
export class CommitListeners {
  private readonly gapListeners = new Set<GapListener>();
  private readonly byWorkspace = new Map<string, Set<Listening>>();

  add(session: Session, listener: Listener): () => void {
    const listening = { session, listener };
    const all = this.byWorkspace.get(session.workspace) ?? new Set<Listening>();
    this.byWorkspace.set(session.workspace, all.add(listening));
    return () => {
      all.delete(listening);
    };
  }

  addForGaps(listener: GapListener): () => void {
    this.gapListeners.add(listener);
    return () => {
      this.gapListeners.delete(listener);
    };
  }

  tellGaps(workspace: WorkspaceId, gaps: readonly SequenceGap[]): void {
    for (const listener of this.gapListeners) listener(workspace, gaps);
  }

  isHeard(workspace: string): boolean {
    return (this.byWorkspace.get(workspace)?.size ?? 0) > 0;
  }

  tell(workspace: string, commit: Commit, scope: AccessScope, rightsOf: (person: PersonId) => Rights | null): void {
    const applied = commit.kept.filter(({ outcome }) => outcome === 'applied');
    for (const { session, listener } of this.byWorkspace.get(workspace) ?? []) {
      const rights = rightsOf(session.person);
      if (applied.some((kept) => concerns(session, kept, rights, scope))) listener(commit.epoch, commit.head);
    }
  }
}

/** One's own grant concerns one even where it takes every right away: the view has changed. */
function concerns(session: Session, kept: Kept, rights: Rights | null, scope: AccessScope): boolean {
  const { change, person, incident, about } = kept;
  if (change.kind === 'grant' && change.key === session.person) return true;
  const author = { person, device: deviceOf(change.stamp) };
  const { kind, key, value } = change;
  return maySee(rights, session.device, { kind, key, value: () => value, author, about, incident }, scope);
}
