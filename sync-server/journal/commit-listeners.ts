import type { Rights } from '../../src/domain/access/access.ts';
import type { AccessScope } from '../../src/domain/access/access-scope.ts';
import { maySee } from '../../src/domain/access/may-see.ts';
import type { DeviceId, PersonId, WorkspaceId } from '../../src/domain/ids.ts';
import type { Head } from '../../src/domain/sync/protocol.ts';
import type { SequenceGap } from '../../src/domain/sync/reconcile-facts.ts';
import { deviceOf } from '../../src/domain/sync/stamp.ts';
import type { GapListener, RevocationListener, Session } from './journal.ts';
import type { Kept } from './ledger.ts';

type Listener = (epoch: string, head: Head) => void;
type Listening = { readonly session: Session; readonly listener: Listener };

/** A commit of one workspace. `kept` is null where there is too much of it to look at: then it concerns everybody. */
export type Commit = { readonly epoch: string; readonly head: Head; readonly kept: readonly Kept[] | null };

/** Tells each device of a workspace about the commits that it may see something of (protocol.md, `GET /api/live`). */
export class CommitListeners {
  private readonly gapListeners = new Set<GapListener>();
  private readonly revocationListeners = new Set<RevocationListener>();
  private readonly byWorkspace = new Map<WorkspaceId, Set<Listening>>();

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

  addForRevocations(listener: RevocationListener): () => void {
    this.revocationListeners.add(listener);
    return () => {
      this.revocationListeners.delete(listener);
    };
  }

  tellRevoked(device: DeviceId): void {
    for (const listener of this.revocationListeners) listener(device);
  }

  tellGaps(workspace: WorkspaceId, gaps: readonly SequenceGap[]): void {
    for (const listener of this.gapListeners) listener(workspace, gaps);
  }

  /** Everybody who listens to a workspace, each once. */
  listeningTo(workspace: WorkspaceId): readonly PersonId[] {
    return [...new Set([...(this.byWorkspace.get(workspace) ?? [])].map(({ session }) => session.person))];
  }

  /** Every workspace that somebody listens to. */
  heard(): readonly WorkspaceId[] {
    return [...this.byWorkspace].flatMap(([workspace, all]) => (all.size === 0 ? [] : [workspace]));
  }

  tell(workspace: WorkspaceId, commit: Commit, scope: AccessScope, rights: ReadonlyMap<PersonId, Rights | null>): void {
    const applied = commit.kept?.filter(({ outcome }) => outcome === 'applied') ?? null;
    for (const { session, listener } of this.byWorkspace.get(workspace) ?? []) {
      const own = rights.get(session.person) ?? null;
      if (applied === null || applied.some((kept) => concerns(session, kept, own, scope)))
        listener(commit.epoch, commit.head);
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
