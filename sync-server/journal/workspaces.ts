import type { Instant, WorkspaceId } from '../../src/domain/ids.ts';
import { hex } from '../../src/domain/sync/hash.ts';
import { chainStart } from '../../src/domain/sync/hash-chain.ts';
import { instant, type Millis } from '../../src/domain/time.ts';
import { nativeSha256 } from './native-sha256.ts';
import type { Dialect } from './dialect.ts';
import type { RandomBytes } from './ledger.ts';
import type { WorkspaceRow } from './rows.ts';
import { select, selectOne, statement, type Work } from './work.ts';

/** The workspaces of a server and their epochs; writes belong into the transaction under way. */
export class Workspaces {
  private readonly random: RandomBytes;
  private readonly byId;
  private readonly lockById;
  private readonly idByNumber;
  private readonly inOrder;
  private readonly insert;
  private readonly setEpoch;

  constructor({ locked }: Dialect, random: RandomBytes) {
    this.random = random;
    this.byId = selectOne<[WorkspaceId], WorkspaceRow>(`SELECT * FROM workspaces WHERE id = ?`);
    this.lockById = selectOne<[WorkspaceId], WorkspaceRow>(`SELECT * FROM workspaces WHERE id = ? ${locked}`);
    this.idByNumber = selectOne<[number], { id: WorkspaceId }>(`SELECT id FROM workspaces WHERE ws = ?`);
    this.inOrder = select<[], WorkspaceRow>(`SELECT * FROM workspaces ORDER BY ws`);
    this.insert = statement<[WorkspaceId, string, string, string, string, Instant]>(
      `INSERT INTO workspaces (id, name, epoch, first_epoch, hash, created_at) VALUES (?, ?, ?, ?, ?, ?)`,
    );
    this.setEpoch = statement<[string, number]>(`UPDATE workspaces SET epoch = ? WHERE ws = ?`);
  }

  *create(name: string, now: Millis): Work<WorkspaceId> {
    const id = `w${hex(this.random(8))}` as WorkspaceId;
    const epoch = this.newEpoch();
    yield* this.insert(id, name, epoch, epoch, chainStart(epoch, nativeSha256), instant(now));
    return id;
  }

  *all(): Work<readonly WorkspaceRow[]> {
    return yield* this.inOrder();
  }

  /** Throws where there is none: ids come from sessions and from this class alone. */
  *row(id: WorkspaceId): Work<WorkspaceRow> {
    return existing(id, yield* this.byId(id));
  }

  /** The same row, held until the transaction ends: whoever writes to a workspace reads it first (protocol.md, Commit). */
  *lock(id: WorkspaceId): Work<WorkspaceRow> {
    return existing(id, yield* this.lockById(id));
  }

  *idOf(ws: number): Work<WorkspaceId | null> {
    return (yield* this.idByNumber(ws))?.id ?? null;
  }

  *beginNewEpochs(): Work<void> {
    for (const { ws } of yield* this.all()) yield* this.setEpoch(this.newEpoch(), ws);
  }

  private newEpoch(): string {
    return `e_${hex(this.random(12))}`;
  }
}

function existing(id: WorkspaceId, row: WorkspaceRow | null): WorkspaceRow {
  if (row === null) throw new Error(`workspace ${id} does not exist`);
  return row;
}
