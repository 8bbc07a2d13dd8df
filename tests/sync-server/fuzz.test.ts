import { env } from 'node:process';
import { afterEach, describe, expect, it } from 'vitest';
import { fuzzFraming } from './support/fuzz/fuzz-framing.ts';
import { fuzzServer, type FuzzReport } from './support/fuzz/fuzz-server.ts';
import { openServerOnPostgres } from './support/open-on-postgres.ts';
import { openServer, type TestServer } from './support/open-server.ts';

/*
 * Every route of openapi.json, asked as described, a little off and hostile, by every kind of caller of two workspaces. `npm run fuzz --
 * --requests N --seed S` asks more, or something else.
 */

const requests = Number(env['HOLDFAST_FUZZ_REQUESTS'] ?? '20000');
const seed = Number(env['HOLDFAST_FUZZ_SEED'] ?? '20261127');
const onPostgres = Math.ceil(requests / 4);
const framed = Math.ceil(requests / 50);

let server: TestServer;
afterEach(() => server.close());

/** Every route was let through at least once, and refused in the ways that it can be. */
function expectThorough({ answered, requests: asked }: FuzzReport): void {
  // a few hundred leave that to chance
  if (asked < 4_000) return;
  const routes = new Set([...answered.keys()].map((name) => name.slice(0, -4)));
  const succeeded = [...routes].filter((route) =>
    [200, 201, 202, 204].some((status) => answered.has(`${route} ${String(status)}`)),
  );
  // a sign-in needs a nonce that is asked for first, an enrolment a code: sync-server/session.test.ts, enrol.test.ts
  expect([...routes].filter((route) => !succeeded.includes(route)).toSorted()).toEqual([
    'POST /api/enrol',
    'POST /api/session',
  ]);
}

describe('[SEC-FUZZ] every route of openapi.json under hostile requests', () => {
  const timeout = 600_000 + requests * 100;

  it(
    `no 5xx, no hang, no word of another workspace: ${String(requests - onPostgres)} on SQLite, seed ${String(seed)}`,
    { timeout },
    async () => {
      server = await openServer();
      const report = await fuzzServer(server, requests - onPostgres, seed);
      expect(report.faults, `seed ${String(seed)}`).toEqual([]);
      expectThorough(report);
      expect((await server.call({ url: '/api/health' })).statusCode).toBe(200);
      for (const { id } of await server.journal.workspaces()) expect((await server.journal.verify(id)).ok).toBe(true);
    },
  );

  it(`the same of ${String(onPostgres)} on PostgreSQL, seed ${String(seed + 1)}`, { timeout }, async () => {
    server = await openServerOnPostgres();
    const report = await fuzzServer(server, onPostgres, seed + 1);
    expect(report.faults, `seed ${String(seed + 1)}`).toEqual([]);
    expectThorough(report);
    expect((await server.call({ url: '/api/health' })).statusCode).toBe(200);
    for (const { id } of await server.journal.workspaces()) expect((await server.journal.verify(id)).ok).toBe(true);
  });

  it(
    `[SEC-18] [SEC-24] broken framing over a real socket: ${String(framed)} connections, seed ${String(seed + 2)}`,
    { timeout },
    async () => {
      server = await openServer({ timeouts: { headers: 500, request: 800, keepAlive: 500, idle: 1500, linger: 200 } });
      expect(await fuzzFraming(server, framed, seed + 2), `seed ${String(seed + 2)}`).toEqual([]);
      expect((await server.call({ url: '/api/health' })).statusCode).toBe(200);
      server.app.server.closeAllConnections();
    },
  );
});
