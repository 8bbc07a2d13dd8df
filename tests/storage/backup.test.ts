import { describe, expect, it } from 'vitest';
import type { BackupFile } from '../../src/domain/ports/device.ts';
import type { Draft } from '../../src/domain/ports/records.ts';
import { incidentValue, planVersion } from '../support/sample-plan.ts';
import { incident, logDraft, taskDraft } from './support/drafts.ts';
import { failAfter } from './support/failing-disk.ts';
import { ModelServer } from './support/model-server.ts';
import { openPhone, type Phone } from './support/open-phone.ts';
import { awaitLive, valueOf } from './support/phone-parts.ts';
import { join, syncAll } from './support/sync-round.ts';

const most = { changes: 500, bytes: 1e6 };

async function backupOf(phone: Phone): Promise<BackupFile> {
  return valueOf(await phone.device.exportBackup());
}

async function unsentOf(phone: Phone) {
  return valueOf(await phone.syncStore.prepare(most))?.body.changes ?? [];
}

/** A member with two synced records of two people, one unsent change and a setting. */
async function workedPhone() {
  const server = new ModelServer();
  const [ana, ben] = [await openPhone(), await openPhone()];
  await join(ana, server, 'ana');
  await join(ben, server, 'ben');
  valueOf(await ben.records.write([taskDraft('IT-01', 'done')]));
  await syncAll(ben, server);
  valueOf(await ana.records.write([taskDraft('IT-02', 'done')]));
  await syncAll(ana, server);
  valueOf(await ana.records.write([logDraft('a', 'unsent ✓', 'IT-02')]));
  valueOf(await ana.device.setSetting('theme', 'dark'));
  return { server, ana, ben };
}

async function edited(phone: Phone, edit: (lines: string[]) => string[]): Promise<BackupFile> {
  const lines = (await (await backupOf(phone)).text()).split('\n');
  return new Blob([edit(lines).join('\n')]);
}

describe('a backup file', () => {
  it('[BACKUP] is one readable JSON document without key, identity and counter', async () => {
    const { ana } = await workedPhone();
    const text = await (await backupOf(ana)).text();
    const file = JSON.parse(text) as { format: string; entries: { entry: string }[] };
    expect(file.format).toBe('holdfast-backup/1');
    expect(file.entries.map(({ entry }) => entry)).toEqual(['change', 'change', 'record', 'record', 'setting', 'end']);
    for (const secret of ['privateKey', 'publicKey', 'CryptoKey', '"hybrid"', 'membership'])
      expect(text).not.toContain(secret);
    expect(Object.keys(file)).not.toContain('device');
  });

  it('[BACKUP] brings everything to a new phone of the same person, which sends what was unsent under its old id', async () => {
    const { server, ana } = await workedPhone();
    const [unsent] = await unsentOf(ana);
    const phone = await openPhone();
    expect(valueOf(await phone.device.restoreBackup(await backupOf(ana)))).toEqual({ changes: 2, records: 2 });
    expect(await awaitLive(phone.records.watchPrefix('task', ''))).toHaveLength(2);
    expect(await awaitLive(phone.records.watchTaskLog(`${incident}/IT-02`))).toHaveLength(1);
    expect(await awaitLive(phone.device.setting('theme'))).toBe('dark');
    expect(await awaitLive(phone.device.membership)).toMatchObject({ state: 'alone', person: 'ana' });
    expect(valueOf(await phone.syncStore.key())?.device).not.toBe(valueOf(await ana.syncStore.key())?.device);
    await join(phone, server, 'ana');
    expect(await unsentOf(phone)).toEqual([unsent]);
    await syncAll(phone, server);
    expect(server.accepted()).toHaveLength(3);
  });

  it('[REL-15] a change that comes by the old and the new phone counts once', async () => {
    const { server, ana } = await workedPhone();
    const phone = await openPhone();
    valueOf(await phone.device.restoreBackup(await backupOf(ana)));
    await join(phone, server, 'ana');
    await syncAll(phone, server);
    await syncAll(ana, server);
    expect(server.accepted()).toHaveLength(3);
    expect(await unsentOf(ana)).toEqual([]);
    expect(await awaitLive(ana.records.watchPrefix('log', ''))).toHaveLength(1);
  });

  it('[BACKUP] restored twice, or on the phone that made it, changes nothing', async () => {
    const { ana } = await workedPhone();
    const file = await backupOf(ana);
    expect(valueOf(await ana.device.restoreBackup(file))).toEqual({ changes: 0, records: 0 });
    const phone = await openPhone();
    valueOf(await phone.device.restoreBackup(file));
    expect(valueOf(await phone.device.restoreBackup(file))).toEqual({ changes: 0, records: 0 });
    expect(await unsentOf(ana)).toHaveLength(1);
  });

  it('[BACKUP] does not put an older change over newer work of the phone', async () => {
    const { ana, server } = await workedPhone();
    valueOf(await ana.records.write([taskDraft('IT-05', 'in-progress')]));
    const file = await backupOf(ana);
    const phone = await openPhone();
    phone.clock.advance(3_600_000);
    await join(phone, server, 'ana');
    valueOf(await phone.records.write([taskDraft('IT-05', 'done')]));
    valueOf(await phone.device.restoreBackup(file));
    expect(valueOf(await phone.records.read('task', `${incident}/IT-05`))?.value?.status).toBe('done');
    await syncAll(phone, server);
    expect(valueOf(await phone.records.read('task', `${incident}/IT-05`))?.value?.status).toBe('done');
    expect(server.accepted()).toHaveLength(5);
  });

  it('[BACKUP] of a phone that never had a server moves to another phone as its own work, ids kept', async () => {
    const lone = await openPhone();
    valueOf(await lone.device.startAlone('Ana'));
    valueOf(await lone.records.write([taskDraft('IT-01', 'done')]));
    const person = valueOf(await lone.syncStore.person());
    const server = new ModelServer();
    const phone = await openPhone();
    await join(phone, server, 'p-9');
    valueOf(await phone.records.write([taskDraft('IT-02', 'done')]));
    expect(valueOf(await phone.device.restoreBackup(await backupOf(lone)))).toEqual({ changes: 2, records: 0 });
    const sent = await unsentOf(phone);
    expect(sent.map(({ n }) => n)).toEqual([1, 2, 3]);
    expect(JSON.stringify(sent)).not.toContain(person);
    expect(new Set(sent.map(({ stamp }) => stamp.slice(-16))).size).toBe(1);
    await syncAll(phone, server);
    expect(server.accepted()).toHaveLength(3);
    expect(await awaitLive(phone.records.watch('person', 'p-9'))).toMatchObject({ value: { name: 'Ana' } });
  });

  it('[BACKUP] keeps what a refused change was refused for', async () => {
    const { server, ana } = await workedPhone();
    server.refuses = () => ({ code: 'forbidden', message: 'not yours' });
    await syncAll(ana, server);
    const phone = await openPhone();
    valueOf(await phone.device.restoreBackup(await backupOf(ana)));
    expect(await awaitLive(phone.device.refused)).toMatchObject([{ reason: { code: 'forbidden' } }]);
  });

  it('[BACKUP] of thousands of entries is written and read in pieces', async () => {
    const phone = await openPhone();
    valueOf(await phone.device.startAlone('Ana'));
    for (let at = 0; at < 2_000; at += 500)
      valueOf(
        await phone.records.write(
          Array.from({ length: 500 }, (_, each) => logDraft(`e-${String(at + each)}`, 'x'.repeat(200))),
        ),
      );
    const other = await openPhone();
    expect(valueOf(await other.device.restoreBackup(await backupOf(phone)))).toEqual({ changes: 2_001, records: 0 });
    expect(await awaitLive(other.records.watchPrefix('log', ''))).toHaveLength(2_000);
  });
});

describe('a file that somebody else wrote', () => {
  const approval = { decision: 'approved', by: null, at: '2026-11-23T12:00:00.000Z', note: null };
  const plan = planVersion();
  const { id, value } = incidentValue(plan.hash);
  const decided = [
    { kind: 'grant', key: 'mallory', value: { access: 'coordinator', roles: [] }, shown: null },
    { kind: 'approval', key: 'plan/lead', value: approval, shown: null },
    { kind: 'plan-version', key: plan.hash, value: plan.value, shown: null },
    { kind: 'incident', key: id, value, shown: null },
    { kind: 'person', key: 'boss', value: { name: 'Boss', contacts: [] }, shown: null },
  ] as readonly Draft[];
  const wholeFile = async () => {
    const lone = await openPhone();
    valueOf(await lone.device.startAlone('Ana'));
    valueOf(await lone.records.write([...decided, taskDraft('IT-01', 'done')]));
    return await backupOf(lone);
  };
  const leftOut = { grant: 1, approval: 1, 'plan-version': 1, incident: 1, person: 1 };
  const kindsOf = (changes: readonly { readonly kind: string }[]) => changes.map(({ kind }) => kind).sort();

  it('[SEC-22] decides nothing with the rights of a member who opens it, and says what it would send as theirs', async () => {
    const file = await wholeFile();
    const boss = await openPhone();
    await join(boss, new ModelServer(), 'ana');
    const summary = valueOf(await boss.device.inspectBackup(file));
    expect(Object.fromEntries(summary.leftOut)).toEqual(leftOut);
    expect(Object.fromEntries(summary.toSend)).toEqual({ person: 1, task: 1 });
    expect(summary.changes).toBe(2);
    expect(valueOf(await boss.device.restoreBackup(file))).toEqual({ changes: 2, records: 0 });
    expect(kindsOf(await unsentOf(boss))).toEqual(['person', 'task']);
    expect((await unsentOf(boss)).map(({ n }) => n)).toEqual([1, 2]);
  });

  it('[SEC-22] nor where it names the member’s own workspace and another device of theirs', async () => {
    const text = (await (await wholeFile()).text()).replace('"workspace":null', '"workspace":"w1"');
    const file = new Blob([text.replace(/"person":"[^"]+","replica"/, '"person":"ana","replica"')]);
    const boss = await openPhone();
    await join(boss, new ModelServer(), 'ana');
    expect(Object.fromEntries(valueOf(await boss.device.inspectBackup(file)).leftOut)).toMatchObject({ grant: 1 });
    valueOf(await boss.device.restoreBackup(file));
    expect(kindsOf(await unsentOf(boss))).toEqual(['task']);
  });

  it('[BACKUP] is taken whole on a device that has not joined yet', async () => {
    const phone = await openPhone();
    const summary = valueOf(await phone.device.inspectBackup(await wholeFile()));
    expect([summary.changes, summary.leftOut.size, summary.toSend.get('grant')]).toEqual([7, 0, 1]);
    valueOf(await phone.device.restoreBackup(await wholeFile()));
  });
});

describe('a file that is not taken', () => {
  const refusedWith = async (file: BackupFile, phone?: Phone) => {
    const restored = await (phone ?? (await openPhone())).device.restoreBackup(file);
    return restored.ok ? 'taken' : restored.error;
  };

  it.each([
    ['empty', ''],
    ['a picture', '\u0000\u0001\u0002'],
    ['a plan', '{"format":"holdfast-plan/1","items":[]}'],
    ['no JSON', '{"format":"holdfast-backup/1","entries":[\n{oops\n]}'],
  ])('[BACKUP] %s', async (_, text) => {
    expect(await refusedWith(new Blob([text]))).toMatchObject({ tag: 'not-a-backup' });
  });

  it('[BACKUP] a newer format', async () => {
    const { ana } = await workedPhone();
    expect(
      await refusedWith(await edited(ana, (lines) => lines.map((line) => line.replace('backup/1', 'backup/2')))),
    ).toEqual({ tag: 'backup-newer' });
  });

  it('[BACKUP] a file that was cut off, anywhere', async () => {
    const { ana } = await workedPhone();
    const text = await (await backupOf(ana)).text();
    for (const length of [30, Math.floor(text.length / 2), text.length - 4])
      expect(await refusedWith(new Blob([text.slice(0, length)]))).toMatchObject({ tag: 'not-a-backup' });
    expect(
      await refusedWith(await edited(ana, (lines) => lines.filter((line) => !line.startsWith('{"entry":"record"')))),
    ).toMatchObject({ tag: 'not-a-backup' });
  });

  it.each(['__proto__', 'constructor', 'prototype', '__pr\\u006fto__'])('[SEC-12] a field named %s', async (name) => {
    const { ana } = await workedPhone();
    const file = await edited(ana, (lines) =>
      lines.map((line) => line.replace('"reason":null', `"reason":null,"${name}":{"polluted":true}`)),
    );
    expect(await refusedWith(file)).toMatchObject({
      tag: 'not-a-backup',
      detail: expect.stringContaining('may not be named') as string,
    });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each([
    ['number', '1e999'],
    ['nesting', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ])('[SEC-14] a %s without end, in a change, a record or beside them', async (_, hostile) => {
    const { ana } = await workedPhone();
    for (const place of ['"reason":null', '"v":1', '"seq":1', '"cursor":2']) {
      const file = await edited(ana, (lines) => lines.map((line) => line.replace(place, `${place},"more":${hostile}`)));
      expect(await refusedWith(file, ana)).toMatchObject({ tag: 'not-a-backup' });
      expect(await ana.device.inspectBackup(file)).toMatchObject({ error: { tag: 'not-a-backup' } });
    }
  });

  it('[BACKUP] a damaged change, record or header; and nothing is written', async () => {
    const { ana } = await workedPhone();
    const damage: readonly [RegExp, string][] = [
      [/"text":"unsent[^"]*"/, '"text":7'],
      [/"seq":1/, '"seq":"one"'],
      [/"cursor":2/, '"cursor":-2'],
      [/"state":"unsent"/, '"state":"sent"'],
      [/"kind":"log"/, '"kind":"LOG"'],
    ];
    for (const [what, instead] of damage) {
      const phone = await openPhone();
      expect(
        await refusedWith(await edited(ana, (lines) => lines.map((line) => line.replace(what, instead))), phone),
      ).toMatchObject({ tag: 'not-a-backup' });
      expect(await awaitLive(phone.records.watchPrefix('task', ''))).toEqual([]);
      expect(await awaitLive(phone.device.membership)).toEqual({ state: 'new' });
    }
  });

  it('[BACKUP] one of another workspace or another member', async () => {
    const { ana, ben } = await workedPhone();
    expect(await refusedWith(await backupOf(ana), ben)).toEqual({ tag: 'other-person' });
    const file = await edited(ana, (lines) =>
      lines.map((line) => line.replace('"workspace":"w1"', '"workspace":"w2"')),
    );
    expect(await refusedWith(file, ana)).toEqual({ tag: 'other-workspace' });
  });

  it('[BACKUP] [REL-28] when the disk is full; and nothing of it is written', async () => {
    const { ana } = await workedPhone();
    const file = await backupOf(ana);
    const phone = await openPhone();
    valueOf(await phone.syncStore.createKey());
    const undo = failAfter(3, 'QuotaExceededError');
    expect(await refusedWith(file, phone)).toEqual({ tag: 'storage-full' });
    undo();
    expect(await awaitLive(phone.records.watchPrefix('task', ''))).toEqual([]);
    expect(valueOf(await phone.device.restoreBackup(file))).toEqual({ changes: 2, records: 2 });
  });
});
