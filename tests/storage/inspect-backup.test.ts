import { describe, expect, it } from 'vitest';
import { logDraft, taskDraft } from './support/drafts.ts';
import { ModelServer } from './support/model-server.ts';
import { openPhone } from './support/open-phone.ts';
import { awaitLive, valueOf } from './support/phone-parts.ts';
import { join, syncAll } from './support/sync-round.ts';

describe('looking into a backup file', () => {
  it('[BACKUP-1] says what a restore would add, and adds nothing', async () => {
    const lone = await openPhone();
    valueOf(await lone.device.startAlone('Ana'));
    valueOf(await lone.records.write([taskDraft('IT-01', 'done'), logDraft('a', 'Written alone', 'IT-01')]));
    const file = valueOf(await lone.device.exportBackup());
    const phone = await openPhone();
    const expected = { personName: 'Ana', changes: 3, records: 0, becomesPerson: true };
    expect(valueOf(await phone.device.inspectBackup(file))).toMatchObject(expected);
    expect(await awaitLive(phone.device.membership)).toEqual({ state: 'new' });
    expect(await awaitLive(phone.records.watchPrefix('task', ''))).toEqual([]);
    expect(valueOf(await phone.device.restoreBackup(file))).toEqual({ changes: 3, records: 0 });
    expect(valueOf(await phone.device.inspectBackup(file))).toMatchObject({ changes: 0, becomesPerson: false });
  });

  it('[BACKUP-2] refuses what a restore would refuse', async () => {
    const server = new ModelServer();
    const [ana, ben] = [await openPhone(), await openPhone()];
    await join(ana, server, 'ana');
    await join(ben, server, 'ben');
    await syncAll(ana, server);
    const file = valueOf(await ana.device.exportBackup());
    expect(await ben.device.inspectBackup(file)).toEqual({ ok: false, error: { tag: 'other-person' } });
    expect(await ben.device.inspectBackup(new Blob(['a picture']))).toMatchObject({ error: { tag: 'not-a-backup' } });
  });

  it('[BACKUP-3] tells how far it is, up to the end, in writing and in reading', async () => {
    const phone = await openPhone();
    valueOf(await phone.device.startAlone('Ana'));
    const drafts = Array.from({ length: 700 }, (_, at) => logDraft(`e-${String(at)}`, 'x'.repeat(2_000)));
    valueOf(await phone.records.write(drafts));
    const written: number[] = [];
    const file = valueOf(await phone.device.exportBackup((done, of) => written.push(done / of)));
    const read: number[] = [];
    valueOf(await (await openPhone()).device.restoreBackup(file, (done, of) => read.push(done / of)));
    for (const steps of [written, read]) {
      expect(steps.length).toBeGreaterThan(1);
      expect(steps).toEqual([...steps].sort((a, b) => a - b));
      expect(steps.at(-1)).toBe(1);
    }
  });
});

describe('erasing a device by hand', () => {
  it('[ERASE-1] leaves nothing of it, key included, and the device can begin anew', async () => {
    const server = new ModelServer();
    const phone = await openPhone();
    await join(phone, server, 'ana');
    valueOf(await phone.records.write([taskDraft('IT-01', 'done')]));
    valueOf(await phone.device.setSetting('theme', 'dark'));
    valueOf(await phone.device.erase());
    expect(await awaitLive(phone.device.membership)).toEqual({ state: 'new' });
    expect(await awaitLive(phone.records.watchPrefix('task', ''))).toEqual([]);
    expect(await awaitLive(phone.device.setting('theme'))).toBeNull();
    expect(valueOf(await phone.syncStore.key())).toBeNull();
    expect(valueOf(await phone.syncStore.prepare({ changes: 10, bytes: 1e6 }))).toBeNull();
    valueOf(await phone.device.startAlone('Ben'));
    expect(await awaitLive(phone.device.membership)).toMatchObject({ state: 'alone' });
  });
});
