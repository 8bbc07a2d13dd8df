import { randomBytes } from 'node:crypto';
import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Journal } from '../../../sync-server/journal/journal.ts';
import { openSqlite } from '../../../sync-server/journal/sqlite-database.ts';
import { openSqliteStore } from '../../../sync-server/journal/sqlite-journal.ts';
import { WriteQueue } from '../../../sync-server/journal/write-queue.ts';
import { join, setUp, TestClock, type JournalPhone } from '../../support/journal-phone.ts';
import { logEntry, taskProgress } from '../../support/sample-plan.ts';

const random = (length: number) => randomBytes(length);

describe('the journal on disk', () => {
  let folder: string;
  let path: string;
  let journal: Journal;
  let clock: TestClock;
  let lead: JournalPhone;

  beforeEach(async () => {
    folder = mkdtempSync(joinPath(tmpdir(), 'holdfast-journal-'));
    path = joinPath(folder, 'holdfast.db');
    journal = openSqliteStore({ path, random }).journal;
    clock = new TestClock();
    lead = await setUp(journal, clock);
    await lead.sync(
      Array.from({ length: 6 }, (_, at) => lead.make('log', `i/l${String(at)}`, logEntry(`entry ${String(at)}`))),
    );
  });
  afterEach(async () => {
    await journal.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const tamper = (sql: string) => {
    const db = new Sqlite(path);
    db.exec(sql);
    db.close();
  };
  const verify = () => journal.verify(lead.session.workspace);

  it('commits are durable: WAL with synchronous=FULL', () => {
    const db = openSqlite(path);
    expect([db.pragma('journal_mode', { simple: true }), db.pragma('synchronous', { simple: true })]).toEqual([
      'wal',
      2,
    ]);
    db.close();
  });

  it.each([
    ['a flipped value', `UPDATE changes SET value = replace(value, 'entry 2', 'entry 9') WHERE key = 'i/l2'`, 5],
    ['a flipped author', `UPDATE changes SET person = 'someone' WHERE key = 'i/l2'`, 5],
    ['a flipped stamp', `UPDATE changes SET stamp = replace(stamp, '2026', '2025') WHERE key = 'i/l2'`, 5],
    ['a flipped hash', `UPDATE changes SET hash = 'A' || substr(hash, 2) WHERE key = 'i/l2'`, 5],
    [
      'a value passed off as erased',
      `UPDATE changes SET value = NULL, digest = 'A' || substr(digest, 2) WHERE key = 'i/l2'`,
      5,
    ],
    ['a deleted entry', `DELETE FROM changes WHERE key = 'i/l2'`, 5],
    ['a deleted last entry', `DELETE FROM changes WHERE key = 'i/l5'`, 8],
    [
      'an appended entry',
      `INSERT INTO changes SELECT ws, 9, 'x', device, 99, kind, key || 'x', base, seen, claimed, wall, line, v, stamp, outcome, outcome_seq, person, at, hash, salt, digest, incident, about, value FROM changes WHERE seq = 8`,
      9,
    ],
    [
      'reordered entries',
      `UPDATE changes SET seq = -5 WHERE seq = 5; UPDATE changes SET seq = 5 WHERE seq = 6; UPDATE changes SET seq = 6 WHERE seq = -5`,
      5,
    ],
  ])('[SEC-26] the hash chain detects %s', async (_what, sql, seq) => {
    expect((await verify()).ok).toBe(true);
    tamper(sql);
    expect(await verify()).toMatchObject({ ok: false, error: { seq } });
  });

  it('[SEC-9] a restored backup revives no revoked device, not even one that is younger than the backup', async () => {
    const known = await join(lead, 'responder');
    const db = new Sqlite(path);
    await db.backup(joinPath(folder, 'backup.db'));
    db.close();
    const younger = await join(lead, 'responder');
    for (const phone of [known, younger]) await journal.revoke(lead.session.workspace, phone.device, 'lost', clock.now);
    await journal.close();
    appendFileSync(joinPath(folder, 'revocations.jsonl'), '{"id":"0123');
    for (const ending of ['-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
    copyFileSync(joinPath(folder, 'backup.db'), path);
    journal = openSqliteStore({ path, random }).journal;
    for (const phone of [known, younger]) {
      expect((await journal.device(phone.device))?.revoked?.mode).toBe('lost');
      expect((await journal.device(phone.device))?.publicKey).toEqual(phone.key);
    }
    const again = await join({ ...lead, journal, person: lead.person } as JournalPhone, 'responder');
    expect((await journal.device(again.device))?.revoked).toBeNull();
  });

  it("[REL-10] yesterday's database is found out by the hash that the phone remembers", async () => {
    const db = new Sqlite(path);
    await db.backup(joinPath(folder, 'backup.db'));
    db.close();
    await lead.sync([lead.make('task', 'i/T-1', taskProgress('done'))]);
    await journal.close();
    for (const ending of ['-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
    copyFileSync(joinPath(folder, 'backup.db'), path);
    journal = openSqliteStore({ path, random }).journal;
    const answer = await journal.sync(lead.session, lead.request(), clock.now);
    expect(answer).toMatchObject({ ok: false, error: { code: 'history-changed', epoch: lead.epoch } });
  });

  it("[PUSH] quarantine keeps a refused change, of a huge one hash and size, and no more than a device's quota", async () => {
    const phone = await join(lead, 'observer');
    const small = phone.make('task', 'i/T-1', taskProgress('done'));
    const huge = phone.make('log', 'i/huge', logEntry('x'.repeat(7000), { more: 'y'.repeat(80_000) }));
    await phone.send([small, huge, 'not a change']);
    for (let push = 0; push < 4; push += 1) {
      await phone.send(
        Array.from({ length: 25 }, (_, at) =>
          phone.make('review', `i/${String(push)}-${String(at)}`, { text: 'z'.repeat(60_000) }),
        ),
      );
    }
    const db = new Sqlite(path, { readonly: true });
    const rows = db
      .prepare<[], { key: string | null; size: number; body: string | null }>(
        'SELECT key, size, body FROM refused ORDER BY entry',
      )
      .all();
    const used =
      db.prepare<[string], number>('SELECT quarantined_bytes FROM devices WHERE id = ?').pluck().get(phone.device) ?? 0;
    db.close();
    expect(rows[0]?.body).toContain('"status":"done"');
    expect(rows[1]).toMatchObject({ key: 'i/huge', body: null });
    expect(rows[1]?.size).toBeGreaterThan(80_000);
    expect(rows[2]).toMatchObject({ key: null, body: '"not a change"' });
    expect(rows).toHaveLength(103);
    expect(used).toBe(rows.reduce((sum, { body, size }) => sum + (body === null ? 0 : size), 0));
    expect(used).toBeLessThanOrEqual(4 * 1024 * 1024);
    await lead.sync();
    await lead.sync([lead.edit('grant', phone.person, { access: 'responder', roles: [] })]);
    expect((await phone.send([small])).outcomes[0]?.outcome).toBe('applied');
    const after = new Sqlite(path, { readonly: true });
    expect(after.prepare('SELECT count(*) FROM refused WHERE key = ?').pluck().get('i/T-1')).toBe(0);
    after.close();
  });

  it('[ERASE] what was erased is in no file of the database any more', async () => {
    const secret = 'mobile-0827654321';
    const phone = await join(lead, 'responder');
    const own = () => phone.make('person', phone.person, { name: secret, contacts: [] });
    await phone.sync([own(), { ...own(), value: { name: 5, secret } }, { ...own(), n: 'unreadable' }]);
    await journal.erasePerson(lead.session.workspace, phone.person, lead.person, clock.now);
    for (const ending of ['', '-wal']) expect(readFileSync(`${path}${ending}`).includes(secret)).toBe(false);
  });

  it('a database of a newer server is refused', () => {
    tamper('PRAGMA user_version = 99');
    expect(() => openSqliteStore({ path, random }).journal).toThrow('newer server');
  });
});

describe('WriteQueue', () => {
  const open = () => {
    const db = new Sqlite(':memory:');
    db.exec('CREATE TABLE kept (name TEXT PRIMARY KEY)');
    const put = (name: string) => () => db.prepare('INSERT INTO kept VALUES (?)').run(name).changes;
    return { db, put, names: () => db.prepare('SELECT name FROM kept ORDER BY name').pluck().all() };
  };

  it('writes that wait together share a transaction; one that throws leaves the others whole', async () => {
    const { db, put, names } = open();
    const queue = new WriteQueue(db);
    const done = await Promise.allSettled([
      queue.write(put('a')),
      queue.write(() => {
        put('half')();
        throw new Error('a bug');
      }),
      queue.write(put('b')),
    ]);
    expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(names()).toEqual(['a', 'b']);
    expect(await queue.write(put('c'))).toBe(1);
  });

  it('[REL-38] when the database drops the whole transaction, nobody is told that a write was kept', async () => {
    const { db, put, names } = open();
    const queue = new WriteQueue(db);
    const done = await Promise.allSettled([
      queue.write(put('a')),
      queue.write(() => {
        db.exec('ROLLBACK');
        throw new Error('disk full');
      }),
      queue.write(put('b')),
    ]);
    expect(done.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(names()).toEqual(['b']);
  });

  it('a write resolves only after its transaction is committed', async () => {
    const { db, put } = open();
    const queue = new WriteQueue(db);
    await queue.write(put('a'));
    expect(db.inTransaction).toBe(false);
  });
});
