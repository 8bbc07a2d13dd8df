import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceId } from '../../../src/domain/ids.ts';
import type { Journal } from '../../../sync-server/journal/journal.ts';
import { openPostgres } from '../../../sync-server/journal/postgres-database.ts';
import { DatabaseTrouble, patiently } from '../../../sync-server/journal/postgres-trouble.ts';
import { soon } from '../../storage/support/soon.ts';
import { join, JournalPhone, setUp, TestClock } from '../../support/journal-phone.ts';
import { newDatabase, openNode, runSql } from '../../support/postgres-databases.ts';
import { logEntry } from '../../support/sample-plan.ts';

describe('two nodes on one PostgreSQL database', () => {
  let url: string;
  let folder: string;
  let first: Journal;
  let second: Journal;
  let clock: TestClock;
  let lead: JournalPhone;

  const open = async (seed = 1) => {
    first = await openNode(url, joinPath(folder, 'first.jsonl'));
    second = await openNode(url, joinPath(folder, 'second.jsonl'));
    clock = new TestClock();
    lead = await setUp(first, clock, seed);
  };
  beforeEach(async () => {
    url = await newDatabase();
    folder = mkdtempSync(joinPath(tmpdir(), 'holdfast-nodes-'));
    await open();
  });
  afterEach(async () => {
    await Promise.all([first.close(), second.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  /** The same phone, speaking with the other node. */
  const at = (journal: Journal, phone: JournalPhone): JournalPhone =>
    Object.assign(Object.create(phone) as JournalPhone, { journal });

  /** Both nodes take in changes of two phones at once while a third pulls; gives what the third has at the end. */
  const writeAtOnce = async (
    each: number,
  ): Promise<{ readonly seen: readonly string[]; readonly sent: readonly string[] }> => {
    const writers = [at(first, await join(lead, 'responder')), at(second, await join(lead, 'responder'))];
    const reader = at(second, await join(lead, 'responder'));
    await reader.sync();
    const sent: string[] = [];
    let writing = true;
    const write = async (writer: JournalPhone, name: string) => {
      for (let n = 0; n < each; n += 1) {
        const key = `i/${name}-${String(n)}`;
        const { outcomes } = await writer.send([writer.make('log', key, logEntry(key))], { epoch: null, head: null });
        if (outcomes[0]?.outcome === 'applied') sent.push(key);
      }
    };
    const seqs: number[] = [];
    const read = async () => {
      while (writing) {
        const reply = await reader.send();
        seqs.push(...reply.records.map(({ seq }) => seq));
        reader.store(reply);
      }
    };
    const reading = read();
    await Promise.all(writers.map((writer, which) => write(writer, String(which))));
    writing = false;
    await reading;
    await reader.sync();
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
    const seen = [...reader.records.values()].flatMap(({ kind, key }) => (kind === 'log' ? [key] : []));
    return { seen: seen.sort(), sent: sent.sort() };
  };

  it('[REL-8] a reader in between misses nothing of what two nodes commit at once', async () => {
    const { seen, sent } = await writeAtOnce(15);
    expect(sent).toHaveLength(30);
    expect(seen).toEqual(sent);
    expect(await second.verify(lead.session.workspace)).toMatchObject({ ok: true });
  });

  it('[REL-8] where the database wants transactions repeated, the whole batch is, and nothing is lost or doubled', async () => {
    await runSql(
      url,
      `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET default_transaction_isolation = 'serializable'`,
    );
    await Promise.all([first.close(), second.close()]);
    await open(2);
    const { seen, sent } = await writeAtOnce(10);
    expect(sent).toHaveLength(20);
    expect(seen).toEqual(sent);
    expect(await first.verify(lead.session.workspace)).toMatchObject({ ok: true });
  });

  it('[LIVE] a commit on one node nudges whoever listens on the other', async () => {
    const heard: number[] = [];
    const stop = second.onCommit(lead.session, (_epoch, { seq }) => heard.push(seq));
    const { head } = await lead.sync([lead.make('log', 'i/told', logEntry('told'))]);
    await soon(() => expect(heard).toContain(head.seq));
    stop();
  });

  it('[LIVE] a listener that lost its connection connects again and hears on', async () => {
    await runSql(
      url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()`,
    );
    const heard: number[] = [];
    const stop = second.onCommit(lead.session, (_epoch, { seq }) => heard.push(seq));
    const { head } = await lead.sync([lead.make('log', 'i/late', logEntry('late'))]);
    await soon(() => expect(Math.max(0, ...heard)).toBeGreaterThanOrEqual(head.seq));
    stop();
  });

  it('[SEC-8] a device revoked on one node is revoked on the other at once, which ends its streams and remembers it itself', async () => {
    const phone = await join(lead, 'responder');
    const ended: DeviceId[] = [];
    second.onRevocation((device) => ended.push(device));
    await first.revoke(lead.session.workspace, phone.device, 'lost', clock.now);
    expect((await second.device(phone.device))?.revoked?.mode).toBe('lost');
    await soon(() => expect(ended).toContain(phone.device));
    await soon(() => expect(readFileSync(joinPath(folder, 'second.jsonl'), 'utf8')).toContain(phone.device));
  });

  it('[REL-39] an end of all connections in between is waited out', async () => {
    await runSql(
      url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    const { outcomes } = await lead.sync([lead.make('log', 'i/after', logEntry('after'))]);
    expect(outcomes[0]?.outcome).toBe('applied');
  });
});

describe('opening', () => {
  it('[START] nodes that start at once on an empty database make its tables once', async () => {
    const url = await newDatabase();
    const pools = await Promise.all(Array.from({ length: 4 }, () => openPostgres(url)));
    await Promise.all(pools.map((pool) => pool.end()));
    expect(await runSql(url, 'SELECT version FROM holdfast_schema')).toEqual([{ version: 8 }]);
  });

  it('[START] a database of a newer server is refused', async () => {
    const url = await newDatabase();
    await (await openPostgres(url)).end();
    await runSql(url, 'UPDATE holdfast_schema SET version = 99');
    await expect(openPostgres(url)).rejects.toThrow('newer server');
  });

  it('[REL-12] a database that does not wait for its disk is refused', async () => {
    const url = await newDatabase();
    await runSql(url, `ALTER DATABASE ${new URL(url).pathname.slice(1)} SET synchronous_commit = off`);
    await expect(openPostgres(url)).rejects.toThrow('synchronous_commit');
  });
});

describe('patience', () => {
  const failing = (times: number, code: string) => {
    let tries = 0;
    const run = async () => {
      tries += 1;
      if (tries <= times) throw Object.assign(new Error('as the database says'), { code });
      return tries;
    };
    return { run, tries: () => tries };
  };

  it.each(['40001', '40P01', '57P01', 'ECONNRESET'])('[REL-13] %s is tried again', async (code) => {
    expect(await patiently(failing(3, code).run, () => 0)).toBe(4);
  });

  it('[REL-13] has an end, after which the phone is told to come back', async () => {
    await expect(patiently(failing(99, '40001').run, () => 0)).rejects.toBeInstanceOf(DatabaseTrouble);
  });

  it.each(['23505', '42601'])('a mistake of ours is not repeated: %s', async (code) => {
    const mistake = failing(1, code);
    await expect(patiently(mistake.run)).rejects.toMatchObject({ code });
    expect(mistake.tries()).toBe(1);
  });
});
