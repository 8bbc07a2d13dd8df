import { randomInt } from 'node:crypto';
import type pg from 'pg';
import type { WorkspaceId } from '../../src/domain/ids.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import { postgresDialect } from './dialect.ts';
import { Histories } from './history.ts';
import { settle } from './postgres-statements.ts';
import type { WorkspaceRow } from './rows.ts';
import { select } from './work.ts';

/** What a restored copy of a database holds, which proves that its backup can be read. */
export type Held = {
  readonly id: WorkspaceId;
  readonly name: string;
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string;
};

/** Reads all of a restored copy; a sentence where one of its hash chains does not verify. */
export async function heldBy(copy: pg.ClientBase): Promise<Result<readonly Held[], string>> {
  const histories = new Histories(postgresDialect);
  const workspaces = await settle(copy, select<[], WorkspaceRow>('SELECT * FROM workspaces ORDER BY ws')());
  for (const workspace of workspaces) {
    if (!(await settle(copy, histories.verify(workspace))).ok)
      return err(`the journal of "${workspace.name}" does not verify there`);
  }
  return ok(workspaces);
}

/**
 * Tells the phones how far a verified backup reaches (`safeSeq`, protocol.md, "A server with another past"), where it is a
 * backup of this database: same epoch, and the same hash at that `seq`. Gives the names of the workspaces that it reaches.
 */
export async function markSafeInPostgres(pool: pg.Pool, held: readonly Held[]): Promise<readonly string[]> {
  const reached: string[] = [];
  for (const { id, name, epoch, seq, hash } of held) {
    const { rowCount } = await pool.query(
      `UPDATE workspaces w SET safe_seq = greatest(safe_seq, $1) WHERE w.id = $2 AND w.epoch = $3
         AND ($1 = 0 OR EXISTS (SELECT 1 FROM changes c WHERE c.ws = w.ws AND c.seq = $1 AND c.hash = $4))`,
      [seq, id, epoch, hash],
    );
    if (rowCount === 1) reached.push(name);
  }
  return reached;
}

/** An advisory lock belongs to one database, whatever address leads to it. */
export async function isSameDatabase(pool: pg.Pool, copy: pg.ClientBase): Promise<boolean> {
  const key = randomInt(2 ** 40);
  const holder = await pool.connect();
  try {
    await holder.query('BEGIN');
    await holder.query('SELECT pg_advisory_xact_lock($1)', [key]);
    const { rows } = await copy.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [key]);
    return rows[0]?.free === false;
  } finally {
    await holder.query('ROLLBACK').catch(() => undefined);
    holder.release();
  }
}
