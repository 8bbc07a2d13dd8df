import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { minute, type Millis } from '../../src/domain/time.ts';
import { Challenges, type UsedNonces } from '../challenges.ts';
import type { SignIns } from '../server-context.ts';
import { tokenLifetime, type HeldToken, type Tokens } from '../session-tokens.ts';
import { SqlFailedCodes } from './failed-codes.ts';
import type { Session } from './journal.ts';
import { PostgresEngine } from './postgres-engine.ts';
import { patiently } from './postgres-trouble.ts';

const sweepEvery: Millis = minute;

/** Tokens, used nonces and failed codes in the database: what one node gave, took or counted holds on every other at once. */
export async function openSignIns(pool: pg.Pool): Promise<SignIns> {
  const sweep = new Sweep(pool);
  return {
    tokens: new PostgresTokens(pool, sweep),
    challenges: new Challenges(await sharedSecret(pool), new PostgresNonces(pool, sweep)),
    failedCodes: new SqlFailedCodes(new PostgresEngine(pool)),
  };
}

/** After a backup was restored: whoever signed in before does so again. */
export async function voidSessions(pool: pg.Pool): Promise<void> {
  await pool.query('DELETE FROM sessions');
  await pool.query(`DELETE FROM secrets WHERE name = 'challenges'`);
}

/** The first node makes it. It proves nothing but that a nonce came from one of the nodes. */
async function sharedSecret(pool: pg.Pool): Promise<Uint8Array> {
  await pool.query(`INSERT INTO secrets (name, secret) VALUES ('challenges', $1) ON CONFLICT (name) DO NOTHING`, [
    randomBytes(32).toString('hex'),
  ]);
  const { rows } = await pool.query<{ secret: string }>(`SELECT secret FROM secrets WHERE name = 'challenges'`);
  return Buffer.from(rows[0]?.secret ?? '', 'hex');
}

/** As in memory: only the hash is kept, so that a stolen database signs nobody in. */
class PostgresTokens implements Tokens {
  private readonly pool: pg.Pool;
  private readonly sweep: Sweep;

  constructor(pool: pg.Pool, sweep: Sweep) {
    this.pool = pool;
    this.sweep = sweep;
  }

  async issue(session: Session, now: Millis): Promise<{ readonly token: string; readonly expiresAt: Millis }> {
    const token = randomBytes(32).toString('base64url');
    const expiresAt = now + tokenLifetime;
    const { workspace, device, person } = session;
    this.sweep.at(now);
    await patiently(() =>
      this.pool.query(
        `INSERT INTO sessions (hash, workspace, device, person, expires_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
        [hashOf(token), workspace, device, person, expiresAt],
      ),
    );
    return { token, expiresAt };
  }

  async find(token: string, now: Millis): Promise<HeldToken | null> {
    const { rows } = await patiently(() =>
      this.pool.query<HeldToken>(
        `SELECT workspace, device, person, expires_at AS "expiresAt" FROM sessions WHERE hash = $1 AND expires_at > $2`,
        [hashOf(token), now],
      ),
    );
    return rows[0] ?? null;
  }
}

class PostgresNonces implements UsedNonces {
  private readonly pool: pg.Pool;
  private readonly sweep: Sweep;

  constructor(pool: pg.Pool, sweep: Sweep) {
    this.pool = pool;
    this.sweep = sweep;
  }

  async use(nonce: string, expiresAt: Millis, now: Millis): Promise<boolean> {
    this.sweep.at(now);
    // Not repeated: whether the first try was kept may be unknown, and then it must count as used.
    const { rowCount } = await this.pool.query(
      `INSERT INTO used_nonces (hash, expires_at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING`,
      [hashOf(nonce), expiresAt],
    );
    return rowCount === 1;
  }
}

/** Removes what has ended. Losing a turn loses nothing: the next one takes it along. */
class Sweep {
  private readonly pool: pg.Pool;
  private next: Millis = 0;

  constructor(pool: pg.Pool) {
    this.pool = pool;
  }

  at(now: Millis): void {
    if (now < this.next) return;
    this.next = now + sweepEvery;
    const ended = ['sessions WHERE expires_at', 'used_nonces WHERE expires_at'];
    for (const each of ended) void this.pool.query(`DELETE FROM ${each} <= $1`, [now]).catch(() => undefined);
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
