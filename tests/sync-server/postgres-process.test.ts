import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newDatabase, runSql } from '../support/postgres-databases.ts';
import { logEntry, taskProgress } from '../support/sample-plan.ts';
import { Cluster } from './support/cluster.ts';
import { HttpPhone, joinByHttp } from './support/http-phone.ts';
import { bodyOf, refusalOf, type TestServer } from './support/open-server.ts';
import { buildServerProcess, freePort, runServer, startServer, type ServerProcess } from './support/server-process.ts';
import { setUpByLink } from './support/set-up.ts';

let folder: string;
let env: Record<string, string>;
let running: ServerProcess[] = [];

beforeAll(buildServerProcess, 120_000);
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-postgres-process-'));
  env = { PORT: await freePort(), DATA_DIR: join(folder, 'data') };
});
afterEach(async () => {
  for (const server of running) await server.stop('SIGKILL');
  running = [];
  rmSync(folder, { recursive: true, force: true });
});

const options = { timeout: 120_000 };

async function start(more: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await startServer({ ...env, ...more });
  running.push(server);
  return server;
}

/** Two servers under one address, as behind a load balancer. */
async function startTwo(): Promise<readonly [ServerProcess, ServerProcess, string]> {
  const cluster = await Cluster.onPostgres(folder);
  const [first, second] = cluster.living;
  if (first === undefined || second === undefined) throw new Error('two servers did not start');
  running.push(first, second);
  return [first, second, cluster.envs[0]?.['DATABASE_URL'] ?? ''];
}

/** From now on this phone's calls go to that server; it signs for the address that both have. */
function lead(phone: HttpPhone, to: ServerProcess): void {
  const { call } = to.asServer();
  (phone.server as { -readonly [Key in keyof TestServer]: TestServer[Key] }).call = call;
}

describe('two servers on one PostgreSQL database', () => {
  it('[SEC-6] [SEC-8] sign-in, challenges and revocation hold on both', options, async () => {
    const [first, second] = await startTwo();
    const coordinator = await setUpByLink(first);
    const phone = await joinByHttp(coordinator, 'responder');
    lead(phone, second);
    expect((await phone.push()).statusCode).toBe(200);

    const nonce = await phone.challenge();
    const both = [first, second].map((server) => {
      lead(phone, server);
      return phone.trySession(nonce);
    });
    const statuses = (await Promise.all(both)).map(({ statusCode }) => statusCode);
    expect(new Set(statuses)).toEqual(new Set([200, 401]));

    lead(coordinator, first);
    expect((await coordinator.call('DELETE', `/api/devices/${phone.device}?mode=lost`)).statusCode).toBe(204);
    lead(phone, second);
    expect(refusalOf(await phone.push())).toEqual([401, 'revoked']);
  });

  it('[SEC-3] wrong codes are counted for both', options, async () => {
    const servers = await startTwo();
    const answers: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const stranger = new HttpPhone((attempt % 2 === 0 ? servers[0] : servers[1]).asServer());
      answers.push((await stranger.tryEnrol('ABCD-EFGH-JKMN-PQRS')).statusCode);
    }
    expect(answers).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
  });

  it(
    '[REL-13] one is killed under load: what it acknowledged is on the other, and phones go on there',
    options,
    async () => {
      const [first, second, url] = await startTwo();
      const phone = await setUpByLink(first);
      const acknowledged: string[] = [];
      const push = async (at: number) => {
        const change = phone.make('log', `i/l${String(at)}`, logEntry(`entry ${String(at)}`));
        const reply = await phone.push([change], { epoch: null, head: null });
        if (reply.statusCode === 200) acknowledged.push(change.id);
      };
      const load = async () => {
        for (let at = 0; at < 500; at += 1) await push(at);
      };
      const ended = load().catch(() => undefined);
      await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(20);
      await first.stop('SIGKILL');
      await ended;
      lead(phone, second);
      await phone.sync([phone.make('task', 'i/T-1', taskProgress('done'))]);
      const held = new Set([...phone.records.values()].map(({ change }) => change));
      expect(acknowledged.filter((id) => !held.has(id as never))).toEqual([]);
      const checked = await runServer({ ...env, DATABASE_URL: url }, 'verify');
      expect(checked).toMatchObject({ code: 0 });
    },
  );
});

describe('starting', () => {
  it('[SEC-25] an unreachable database refuses to start, in words and without its password', options, async () => {
    const url = `postgres://someone:geheim@127.0.0.1:${await freePort()}/plans`;
    const { code, err } = await runServer({ ...env, DATABASE_URL: url });
    expect(code).toBe(1);
    expect(err).toMatch(/^The database plans at 127\.0\.0\.1:\d+ cannot be opened: .+\.\n$/);
    expect(err).not.toContain('geheim');
  });
});

describe('the console', () => {
  const withEntries = async (): Promise<HttpPhone> => {
    const server = await start();
    const phone = await setUpByLink(server);
    await phone.sync(
      Array.from({ length: 5 }, (_, at) => phone.make('log', `i/l${String(at)}`, logEntry(`entry ${String(at)}`))),
    );
    await server.stop();
    return phone;
  };

  it.each([
    ['flipped', `UPDATE changes SET value = replace(value, 'entry 1', 'entry 9') WHERE key = 'i/l1'`, 'entry 4'],
    ['deleted', `DELETE FROM changes WHERE key = 'i/l1'`, 'entry 4'],
    [
      'reordered',
      `UPDATE changes SET seq = -4 WHERE seq = 4; UPDATE changes SET seq = 4 WHERE seq = 5; UPDATE changes SET seq = 5 WHERE seq = -4`,
      'entry 4',
    ],
    ['truncated', `DELETE FROM changes WHERE key = 'i/l4'`, 'entry 7'],
    ['left out of the records', `DELETE FROM records WHERE key = 'i/l1'`, 'entry 4'],
  ])(
    '[SEC-26] verify names an entry that was %s, on both databases, and a move refuses it',
    options,
    async (_what, sql, named) => {
      await withEntries();
      const url = await newDatabase();
      const file = join(folder, 'data', 'holdfast.db');
      const there = { ...env, DATABASE_URL: url };
      expect(await runServer(env, 'verify')).toMatchObject({
        code: 0,
        out: expect.stringContaining('7 entries verify') as string,
      });
      const db = new Sqlite(file);
      await db.backup(join(folder, 'kept.db'));
      db.exec(sql);
      db.close();
      expect(await runServer(env, 'verify')).toMatchObject({ code: 1, err: expect.stringContaining(named) as string });
      expect((await runServer(there, 'move-to-postgres')).err).toContain('was changed from outside');
      const whole = { DATA_DIR: join(folder, 'whole'), PORT: env['PORT'] ?? '' };
      await runServer(whole, 'restore', join(folder, 'kept.db'));
      expect(await runServer({ ...there, ...whole }, 'move-to-postgres')).toMatchObject({ code: 0 });
      expect(await runServer(there, 'verify')).toMatchObject({ code: 0 });
      await runSql(url, sql);
      expect(await runServer(there, 'verify')).toMatchObject({
        code: 1,
        err: expect.stringContaining(named) as string,
      });
    },
  );

  it(
    '[MOVE] moves all with its history; phones notice nothing; a target that is not empty is refused',
    options,
    async () => {
      const phone = await withEntries();
      const url = await newDatabase();
      const there = { ...env, DATABASE_URL: url };
      const server = await start();
      expect((await runServer(there, 'move-to-postgres')).err).toContain('a server still uses the database');
      await server.stop();
      expect(await runServer(there, 'move-to-postgres')).toMatchObject({
        code: 0,
        out: expect.stringContaining('both read the same') as string,
      });
      expect(existsSync(join(folder, 'data', 'holdfast.db'))).toBe(false);
      await start({ DATABASE_URL: url });
      const { epoch, head, cursor } = phone;
      await phone.signIn();
      const reply = await phone.send();
      expect({
        epoch: reply.epoch,
        head: reply.head,
        cursor: reply.cursor,
        reset: reply.reset,
        records: reply.records,
      }).toEqual({
        ...{ epoch, head, cursor },
        reset: false,
        records: [],
      });
      expect((await phone.sync([phone.make('task', 'i/T-1', taskProgress('done'))])).outcomes[0]?.outcome).toBe(
        'applied',
      );

      const other = { ...there, DATA_DIR: join(folder, 'another'), PORT: await freePort() };
      const second = await startServer({ ...other, DATABASE_URL: '' });
      await second.stop();
      expect((await runServer(other, 'move-to-postgres')).err).toContain('name an empty one');
    },
  );

  it(
    '[REL-10] a verified copy tells phones what is safe; a restored one begins a new epoch and keeps revocations',
    options,
    async () => {
      const url = await newDatabase();
      const there = { ...env, DATABASE_URL: url };
      const server = await start(there);
      const phone = await setUpByLink(server);
      const lost = await joinByHttp(phone, 'responder');
      const { head } = await phone.sync([phone.make('log', 'i/l0', logEntry('entry'))]);
      expect((await phone.send()).safeSeq).toBe(0);
      expect((await runServer(there, 'backup-taken', url)).err).toContain('the database itself');
      await server.stop();
      const copy = await newDatabase();
      const name = new URL(copy).pathname.slice(1);
      await runSql(url.replace(/\/[^/]+$/, '/postgres'), `DROP DATABASE ${name}`);
      await runSql(
        url.replace(/\/[^/]+$/, '/postgres'),
        `CREATE DATABASE ${name} TEMPLATE ${new URL(url).pathname.slice(1)}`,
      );
      expect(await runServer(there, 'backup-taken', copy)).toMatchObject({ code: 0 });
      const again = await start(there);
      await phone.signIn();
      expect((await phone.send()).safeSeq).toBe(head.seq);
      await phone.call('DELETE', `/api/devices/${lost.device}?mode=lost`);
      const { token } = phone;
      await again.stop();

      const restored = { ...env, DATABASE_URL: copy };
      expect(await runServer(restored, 'restore')).toMatchObject({ code: 0 });
      await start(restored);
      phone.token = token;
      expect(refusalOf(await phone.push())).toEqual([401, 'token-refused']);
      await phone.signIn();
      expect(bodyOf(await phone.push())).toMatchObject({ code: 'history-changed' });
      expect(refusalOf(await lost.trySignIn())).toEqual([401, 'revoked']);
    },
  );
});
