import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import Fastify from 'fastify';
import type { FloorRecord, FloorReply, FloorRequest } from './floor-wire.ts';

/**
 * The least that could do the work: bare Fastify, one durable transaction for each batch, the newest stamp wins, a page of winners
 * after a cursor. It knows no person, keeps no history, checks nothing. What Holdfast takes beyond it is the price of its checks.
 */
export async function serveFloor(dataDir: string, port: number): Promise<void> {
  const db = new Sqlite(join(dataDir, 'floor.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(`
    CREATE TABLE IF NOT EXISTS records (
      key TEXT PRIMARY KEY, seq INTEGER NOT NULL, change TEXT NOT NULL, stamp TEXT NOT NULL, value TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE UNIQUE INDEX IF NOT EXISTS records_in_order ON records (seq);`);
  const newest = db.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM records').pluck();
  const put = db.prepare(
    `INSERT INTO records (key, seq, change, stamp, value) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE
     SET seq = excluded.seq, change = excluded.change, stamp = excluded.stamp, value = excluded.value
     WHERE excluded.stamp > stamp`,
  );
  const after = db.prepare<[number, number], Omit<FloorRecord, 'value'> & { readonly value: string }>(
    'SELECT key, seq, change, stamp, value FROM records WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  let seq = newest.get() ?? 0;
  const keep = db.transaction((changes: FloorRequest['changes']) => {
    for (const { kind, key, id, stamp, value } of changes)
      put.run(`${kind}/${key}`, (seq += 1), id, stamp, JSON.stringify(value));
  });
  const app = Fastify({ bodyLimit: 8 * 1024 * 1024 });
  app.post('/api/sync', (request): FloorReply => {
    const { changes, cursor, limit } = request.body as FloorRequest;
    if (changes.length > 0) keep.immediate(changes);
    const rows = after.all(cursor, limit);
    const records = rows.map((row) => ({ ...row, value: JSON.parse(row.value) as unknown }));
    return { records, cursor: rows.at(-1)?.seq ?? cursor, more: rows.length === limit };
  });
  await app.listen({ port, host: '127.0.0.1' });
  process.stdout.write(`Ready: ${String(port)}\n`);
}
