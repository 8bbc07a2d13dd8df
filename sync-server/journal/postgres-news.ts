import { hex } from '../../src/domain/sync/hash.ts';
import type { Millis } from '../../src/domain/time.ts';
import pg from 'pg';
import type { RandomBytes } from './ledger.ts';
import type { Heard, News, OtherNodes } from './other-nodes.ts';
import { connectionTo } from './postgres-database.ts';

const channel = 'holdfast';

/** How long news may be late at worst: when a node died between its commit and its word, or the connection was away. */
const lookEvery: Millis = 10_000;
/** The same where the database can't notify at all. */
const lookEveryWithout: Millis = 1000;
const firstPause: Millis = 100;
const longestPause: Millis = 5000;

/**
 * News between nodes by LISTEN and NOTIFY. Sent after the commit, on a connection of its own: NOTIFY within a transaction makes
 * all commits of the database wait for each other. A listener that lost its connection connects again, and says that it may have missed something.
 */
export class PostgresNews implements OtherNodes {
  private readonly url: string;
  private readonly pool: pg.Pool;
  private readonly node: string;
  private readonly listeners = new Set<(heard: Heard) => void>();
  private readonly unsent = new Map<string, News>();
  private readonly closing = new AbortController();
  private sending: Promise<void> | null = null;
  private listening: pg.Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private pause = firstPause;

  constructor(url: string, pool: pg.Pool, random: RandomBytes) {
    this.url = url;
    this.pool = pool;
    this.node = hex(random(8));
  }

  /** Resolves once it hears, or knows that it can't for now. */
  async start(): Promise<void> {
    if (this.closing.signal.aborted) return;
    const client = new pg.Client(connectionTo(this.url));
    let lost = false;
    const again = () => {
      if (lost) return;
      lost = true;
      this.listening = null;
      void client.end().catch(() => undefined);
      this.later(() => this.start(), this.pause);
      this.pause = Math.min(this.pause * 2, longestPause);
    };
    client.on('error', again);
    client.on('end', again);
    client.on('notification', ({ payload }) => this.hear(payload ?? ''));
    try {
      await client.connect();
      const every = await client.query(`LISTEN ${channel}`).then(
        () => lookEvery,
        () => lookEveryWithout,
      );
      this.listening = client;
      this.pause = firstPause;
      this.emit({ tag: 'missed' });
      this.later(() => this.look(client, every), every);
    } catch {
      again();
    }
  }

  tell(news: News): void {
    const name = news.tag === 'commit' ? news.workspace : news.device;
    const before = this.unsent.get(name);
    // what waits already reaches further back
    if (before?.tag !== 'commit') this.unsent.set(name, news);
    this.sending ??= this.send();
  }

  listen(listener: (heard: Heard) => void): void {
    this.listeners.add(listener);
  }

  async close(): Promise<void> {
    this.closing.abort();
    if (this.timer !== null) clearTimeout(this.timer);
    await this.sending;
    this.listeners.clear();
    await this.listening?.end().catch(() => undefined);
  }

  private async send(): Promise<void> {
    for (let [next] = this.unsent; next !== undefined; [next] = this.unsent) {
      const [name, news] = next;
      this.unsent.delete(name);
      const payload = JSON.stringify({ node: this.node, news });
      await this.pool.query('SELECT pg_notify($1, $2)', [channel, payload]).catch(() => undefined);
    }
    this.sending = null;
  }

  private hear(payload: string): void {
    const read = readPayload(payload);
    if (read !== null && read.node !== this.node) this.emit(read.news);
  }

  private async look(client: pg.Client, every: Millis): Promise<void> {
    if (this.listening !== client) return;
    // A connection that is cut off is not always said to be: asking finds out.
    const answered = await client.query('SELECT 1').then(
      () => true,
      () => false,
    );
    if (!answered) return;
    this.emit({ tag: 'missed' });
    this.later(() => this.look(client, every), every);
  }

  private emit(heard: Heard): void {
    for (const listener of this.listeners) listener(heard);
  }

  private later(run: () => Promise<void>, after: Millis): void {
    if (this.closing.signal.aborted) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => void run(), after);
  }
}

/** Whatever else is said on this channel of the database is none of ours. */
function readPayload(payload: string): { readonly node: string; readonly news: News } | null {
  try {
    const read = JSON.parse(payload) as { readonly node?: unknown; readonly news?: { readonly tag?: unknown } };
    const isOurs = typeof read.node === 'string' && (read.news?.tag === 'commit' || read.news?.tag === 'revocation');
    return isOurs ? (read as { readonly node: string; readonly news: News }) : null;
  } catch {
    return null;
  }
}
