import type { WorkspaceId } from '../../src/domain/ids.ts';
import { hex } from '../../src/domain/sync/hash.ts';
import { chainStart } from '../../src/domain/sync/hash-chain.ts';
import { instant, type Millis } from '../../src/domain/time.ts';
import { nativeSha256 } from './native-sha256.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import type { RandomBytes } from './sqlite-ledger.ts';
import type { WorkspaceRow } from './sqlite-rows.ts';

/** The workspaces of a server and their epochs; writes belong into the transaction under way. */
export class Workspaces {
  private readonly random: RandomBytes;
  private readonly byId;
  private readonly idByNumber;
  private readonly inOrder;
  private readonly insert;
  private readonly setEpoch;

  constructor(db: SqliteDatabase, random: RandomBytes) {
    this.random = random;
    this.byId = db.prepare<[WorkspaceId], WorkspaceRow>(`SELECT * FROM workspaces WHERE id = ?`);
    this.idByNumber = db.prepare<[number], WorkspaceId>(`SELECT id FROM workspaces WHERE ws = ?`).pluck();
    this.inOrder = db.prepare<[], WorkspaceRow>(`SELECT * FROM workspaces ORDER BY ws`);
    this.insert = db.prepare(
      `INSERT INTO workspaces (id, name, epoch, first_epoch, hash, created_at) VALUES (?, ?, ?, ?, ?, ?)`,
    );
    this.setEpoch = db.prepare<[string, number]>(`UPDATE workspaces SET epoch = ? WHERE ws = ?`);
  }

  create(name: string, now: Millis): WorkspaceId {
    const id = `w${hex(this.random(8))}` as WorkspaceId;
    const epoch = this.newEpoch();
    this.insert.run(id, name, epoch, epoch, chainStart(epoch, nativeSha256), instant(now));
    return id;
  }

  all(): readonly WorkspaceRow[] {
    return this.inOrder.all();
  }

  /** Throws where there is none: ids come from sessions and from this class alone. */
  row(id: WorkspaceId): WorkspaceRow {
    const row = this.byId.get(id);
    if (row === undefined) throw new Error(`workspace ${id} does not exist`);
    return row;
  }

  idOf(ws: number): WorkspaceId | null {
    return this.idByNumber.get(ws) ?? null;
  }

  beginNewEpochs(): void {
    for (const { ws } of this.all()) this.setEpoch.run(this.newEpoch(), ws);
  }

  private newEpoch(): string {
    return `e_${hex(this.random(12))}`;
  }
}
