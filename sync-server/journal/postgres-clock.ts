import type pg from 'pg';
import { minute, type Millis } from '../../src/domain/time.ts';

const measuredEvery: Millis = minute / 2;
/** The quickest answer tells the time best. */
const samples = 3;

/**
 * The database's clock as read on this node (protocol.md, Order): all nodes give stamps by the same clock, whatever their own say.
 * Between two readings it goes on by the monotonic clock, so that a node's clock may be set back or forth at any time.
 */
export class DatabaseClock {
  private readonly pool: pg.Pool;
  private readonly monotonic: () => Millis;
  /** Database minus monotonic. */
  private offset: Millis;
  private readonly timer: NodeJS.Timeout;

  private constructor(pool: pg.Pool, monotonic: () => Millis, offset: Millis) {
    this.pool = pool;
    this.monotonic = monotonic;
    this.offset = offset;
    // Away for a while: the last reading stands.
    this.timer = setInterval(() => void this.measureAgain().catch(() => undefined), measuredEvery).unref();
  }

  static async start(pool: pg.Pool, monotonic: () => Millis = () => performance.now()): Promise<DatabaseClock> {
    return new DatabaseClock(pool, monotonic, await measure(pool, monotonic));
  }

  now(): Millis {
    return Math.floor(this.monotonic() + this.offset);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async measureAgain(): Promise<void> {
    this.offset = await measure(this.pool, this.monotonic);
  }
}

async function measure(pool: pg.Pool, monotonic: () => Millis): Promise<Millis> {
  const client = await pool.connect();
  try {
    let best = { took: Infinity, offset: 0 };
    for (let sample = 0; sample < samples; sample += 1) {
      const before = monotonic();
      const { rows } = await client.query<{ now: number }>(
        `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now`,
      );
      const took = monotonic() - before;
      if (took < best.took) best = { took, offset: (rows[0]?.now ?? 0) - before - took / 2 };
    }
    return best.offset;
  } finally {
    client.release();
  }
}
