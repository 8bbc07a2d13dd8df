import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { taskProgress } from '../support/sample-plan.ts';
import { HttpPhone, joinByHttp } from './support/http-phone.ts';
import { bodyOf, refusalOf } from './support/open-server.ts';
import { buildServerProcess, freePort, runServer, startServer, type ServerProcess } from './support/server-process.ts';

let folder: string;
let env: Record<string, string>;
let running: ServerProcess[] = [];

beforeAll(buildServerProcess, 120_000);
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'holdfast-process-'));
  env = { PORT: await freePort(), DATA_DIR: join(folder, 'data') };
});
afterEach(async () => {
  for (const server of running) await server.stop('SIGKILL');
  running = [];
  rmSync(folder, { recursive: true, force: true });
});

async function start(more: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await startServer({ ...env, ...more });
  running.push(server);
  return server;
}

/** The coordinator who follows the link that the server printed. */
async function setUp(server: ServerProcess): Promise<HttpPhone> {
  const code = /\/join#(\S+)/.exec(server.printed)?.[1] ?? '';
  const phone = new HttpPhone(server.asServer());
  const done = await phone.enrol(code, { name: 'Ana' });
  if (!done.ok) throw new Error(done.error);
  return phone;
}

/** The phones stay as they are while the server is another process. */
async function again(phone: HttpPhone): Promise<HttpPhone> {
  await phone.signIn();
  return phone;
}

const options = { timeout: 60_000 };

describe('starting and stopping', () => {
  it(
    '[START] a new database prints where to set up and that it is ready; a set-up one only the latter, and keeps everything',
    options,
    async () => {
      const first = await start();
      expect(first.printed.split('\n')).toEqual([
        expect.stringMatching(/^Only this computer can install the app .*PUBLIC_URL/) as string,
        expect.stringMatching(new RegExp(`^Set up: ${first.origin}/join#[0-9A-Z]{4}(-[0-9A-Z]{4}){2,}$`)) as string,
        `Ready: ${first.origin}`,
        '',
      ]);
      expect(statSync(join(folder, 'data')).mode & 0o077).toBe(0);
      const lead = await setUp(first);
      const phone = await joinByHttp(lead, 'responder');
      await phone.sync([phone.make('task', 'i/T-1', taskProgress('done'))]);
      expect((await first.stop()).code).toBe(0);
      const second = await start();
      expect(second.printed).not.toContain('Set up:');
      expect(second.printed).toContain(`Ready: ${second.origin}`);
      expect(refusalOf(await phone.push())).toEqual([401, 'token-refused']);
      await again(phone);
      expect((await phone.sync()).outcomes).toEqual([]);
      const task = await (await again(lead)).call('GET', '/api/records?kind=task&key=i%2FT-1');
      expect(bodyOf(task)).toMatchObject({ value: { status: 'done' } });
    },
  );

  it(
    '[START] SETUP_CODE is the code, an https PUBLIC_URL is where to set up and lets phones install',
    options,
    async () => {
      const server = await start({ SETUP_CODE: 'recovery 2026', PUBLIC_URL: 'https://plan.example.org/' });
      expect(server.printed).toBe(
        'Set up: https://plan.example.org/join#REC0-VERY-2026\nReady: https://plan.example.org\n',
      );
    },
  );

  it('[STOP] SIGTERM ends a live stream, refuses nobody half-way, and exits 0', options, async () => {
    const server = await start();
    const lead = await setUp(server);
    const headers = { authorization: `Bearer ${lead.token}` };
    const response = await fetch(`${server.origin}/api/live`, { headers });
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('event: head');
    const ended = server.stop();
    expect((await reader?.read())?.done).toBe(true);
    expect((await ended).code).toBe(0);
  });

  it(
    '[REL-12] [REL-39] what was acknowledged survives SIGKILL, time after time, and the chain verifies',
    { timeout: 120_000 },
    async () => {
      let server = await start();
      const lead = await setUp(server);
      for (let round = 1; round <= 3; round += 1) {
        const name = `i/T-${String(round)}`;
        const { outcomes } = await lead.sync([lead.make('task', name, taskProgress('done'))]);
        const killed = server.stop('SIGKILL');
        expect(outcomes).toMatchObject([{ outcome: 'applied' }]);
        await killed;
        server = await start();
        await again(lead);
      }
      const { entries } = bodyOf(await lead.call('GET', '/api/journal')) as { entries: { change: { key: string } }[] };
      const tasks = entries.map(({ change }) => change.key).filter((key) => key.startsWith('i/T-'));
      expect(tasks).toEqual(['i/T-1', 'i/T-2', 'i/T-3']);
      expect((await runServer(env, 'backup', join(folder, 'proof.db'))).code).toBe(0);
    },
  );
});

describe('[SEC-25] a configuration that cannot work ends in one clear sentence', () => {
  const sentence = async (more: Record<string, string>, ...args: string[]) => {
    const { code, out, err } = await runServer({ ...env, ...more }, ...args);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^[^\n]+\.\n$/);
    expect(err).not.toMatch(/ at .*:\d+:\d+|Error:/);
    return err;
  };

  it('a port that is taken', options, async () => {
    const server = await start();
    expect(await sentence({ DATA_DIR: join(folder, 'other') })).toContain(`Port ${env['PORT'] ?? ''} is in use`);
    expect((await server.asServer().call({ url: '/api/health' })).statusCode).toBe(200);
  });

  it('a DATA_DIR that is a file, and a database that is none', options, async () => {
    writeFileSync(join(folder, 'file'), 'x');
    expect(await sentence({ DATA_DIR: join(folder, 'file') })).toContain(join(folder, 'file'));
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'holdfast.db'), 'this is no database at all, not even a small one'.repeat(50));
    expect(await sentence({})).toContain('holdfast.db');
  });

  it('an address of another computer, a port that is no number, an unknown command', options, async () => {
    expect(await sentence({ HOST: '192.0.2.1' })).toContain('cannot listen on 192.0.2.1');
    expect(await sentence({ PORT: 'eighty' })).toContain('PORT');
    expect(await sentence({}, 'destroy')).toContain('setup-code');
  });
});

describe('the console', () => {
  it('[START] prints a fresh setup code only while there is no coordinator, and adds workspaces', options, async () => {
    const server = await start();
    const fresh = await runServer(env, 'setup-code');
    expect([fresh.code, fresh.err]).toEqual([0, '']);
    expect(fresh.out).toMatch(/^Set up: \S+\nSay: ([A-Za-z-]+ ){3}[A-Za-z-]+(, ([A-Za-z-]+ ){3}[A-Za-z-]+){3}\n$/);
    const lead = await setUp({ ...server, printed: fresh.out });
    const refused = await runServer(env, 'setup-code');
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('has a coordinator already') as string]);
    const added = await runServer(env, 'add-workspace', 'Plant north');
    const other = await setUp({ ...server, printed: added.out });
    expect(other.session.workspace).not.toBe(lead.session.workspace);
    const late = new HttpPhone(server.asServer());
    const used = /#(\S+)/.exec(server.printed)?.[1] ?? '';
    expect(refusalOf(await late.tryEnrol(used))).toEqual([401, 'code-refused']);
  });

  it('[START] lets a new coordinator in when the phone of the only one is lost', options, async () => {
    const server = await start();
    const lead = await setUp(server);
    const listed = await runServer(env, 'devices');
    expect(listed.out).toMatch(new RegExp(`^${lead.device}\tRecovery team\tphone\t20\\S+Z\t\n$`));
    expect((await runServer(env, 'report-lost', '0123456789abcdef')).err).toContain('There is no device');
    expect((await runServer(env, 'report-lost', lead.device)).code).toBe(0);
    expect(refusalOf(await lead.push())).toEqual([401, 'revoked']);
    const fresh = await runServer(env, 'setup-code');
    expect((await setUp({ ...server, printed: fresh.out })).device).not.toBe(lead.device);
  });

  it(
    '[REL-10] backs up while the server runs, tells phones what is safe, and restores on another machine',
    { timeout: 120_000 },
    async () => {
      const server = await start();
      const lead = await setUp(server);
      const phone = await joinByHttp(lead, 'responder');
      const invite = await lead.invite();
      await lead.sync([lead.make('task', 'i/T-1', taskProgress('done'))]);
      expect((await lead.send()).safeSeq).toBe(0);
      const backup = join(folder, 'backup.db');
      expect((await runServer(env, 'backup', backup)).out).toBe(`Backed up to ${backup}\n`);
      expect((await lead.send()).safeSeq).toBe(lead.head?.seq);
      expect((await runServer(env, 'backup', backup)).err).toContain('exists already');
      const late = lead.make('task', 'i/T-2', taskProgress('done'));
      await lead.sync([late]);
      await lead.call('DELETE', `/api/devices/${phone.device}?mode=lost`);
      expect((await runServer(env, 'restore', backup)).err).toContain('stop the server');
      await server.stop();
      const elsewhere = join(folder, 'elsewhere');
      mkdirSync(elsewhere);
      writeFileSync(join(elsewhere, 'revocations.jsonl'), readFileSync(join(folder, 'data', 'revocations.jsonl')));
      env = { ...env, DATA_DIR: elsewhere };
      expect((await runServer(env, 'restore', backup)).code).toBe(0);
      const reborn = await start();
      expect(reborn.printed).not.toContain('Set up:');
      expect(refusalOf(await phone.trySignIn())).toEqual([401, 'revoked']);
      expect(refusalOf(await new HttpPhone(reborn.asServer()).tryEnrol(invite.code))).toEqual([401, 'code-refused']);
      await again(lead);
      expect(refusalOf(await lead.push())).toEqual([409, 'history-changed']);
      Object.assign(lead, { epoch: null, head: null, view: null, cursor: 0 });
      lead.records.clear();
      await lead.sync([late]);
      expect([lead.shown('task', 'i/T-1'), lead.shown('task', 'i/T-2')]).toMatchObject([
        { status: 'done' },
        { status: 'done' },
      ]);
    },
  );

  it('[SEC-26] a journal that was changed from outside is not counted as a backup', options, async () => {
    const server = await start();
    const lead = await setUp(server);
    await lead.sync([lead.make('task', 'i/T-1', taskProgress('done'))]);
    await server.stop();
    const file = join(folder, 'data', 'holdfast.db');
    const { default: Sqlite } = await import('better-sqlite3');
    const db = new Sqlite(file);
    db.exec(`UPDATE changes SET value = replace(value, 'done', 'open') WHERE key = 'i/T-1'`);
    db.close();
    const { code, err } = await runServer(env, 'backup', join(folder, 'backup.db'));
    expect([code, err]).toEqual([1, expect.stringContaining('changed from outside') as string]);
  });
});
