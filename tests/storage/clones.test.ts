import { describe, expect, it } from 'vitest';
import { IDBFactory } from 'fake-indexeddb';
import { incident, logDraft, taskDraft } from './support/drafts.ts';
import { copyDisk } from './support/copy-disk.ts';
import { ModelServer } from './support/model-server.ts';
import { openPhone } from './support/open-phone.ts';
import { awaitLive, valueOf } from './support/phone-parts.ts';
import { join, renew, syncAll, syncOnce } from './support/sync-round.ts';

const most = { changes: 500, bytes: 1e6 };

/** A phone whose twin, from a backup of the system, wrote something else under the same number and hands it over. */
async function twinHandsOver() {
  const server = new ModelServer();
  const phone = await openPhone();
  await join(phone, server, 'ana');
  const disk = new IDBFactory();
  await copyDisk(phone.disk, disk, phone.name);
  const twin = await openPhone({ disk, name: phone.name });
  valueOf(await twin.records.write([logDraft('b', 'of the twin')]));
  valueOf(await phone.records.write([logDraft('c', 'of the first')]));
  await syncAll(phone, server);
  const { text } = valueOf(await (await twin.handOver()).pack());
  return { server, phone, text };
}

describe('[REL-17] a cloned phone', () => {
  it('takes a new identity and issues anew what was refused, so that nothing is lost or doubled', async () => {
    const server = new ModelServer();
    const phone = await openPhone();
    await join(phone, server, 'ana');
    valueOf(await phone.records.write([taskDraft('IT-01', 'in-progress')]));
    await syncAll(phone, server);
    const disk = new IDBFactory();
    await copyDisk(phone.disk, disk, phone.name);
    const clone = await openPhone({ disk, name: phone.name });

    valueOf(await phone.records.write([logDraft('a', 'the original')]));
    await syncAll(phone, server);
    valueOf(await clone.records.write([taskDraft('IT-01', 'done')]));
    const shown = valueOf(await clone.records.read('task', `${incident}/IT-01`));
    valueOf(await clone.records.write([taskDraft('IT-01', 'blocked', shown)]));
    const old = valueOf(await clone.syncStore.key());
    const before = valueOf(await clone.syncStore.prepare(most))?.body.changes ?? [];
    expect(await syncOnce(clone, server)).toMatchObject({ tag: 'cloned' });
    expect(await syncOnce(clone, server), 'until it has a new identity').toMatchObject({ tag: 'cloned' });
    expect(await awaitLive(clone.syncStore.unsent)).toMatchObject({
      unsent: 2,
      refused: 0,
      lastSentAt: expect.anything(),
    });
    await renew(clone, server);
    const after = valueOf(await clone.syncStore.prepare(most))?.body.changes ?? [];
    expect(after.map(({ n }) => n)).toEqual([1, 2]);
    expect(after.map(({ wall, line }) => [wall, line])).toEqual(before.map(({ wall, line }) => [wall, line]));
    expect(after[1]?.base).toBe(after[0]?.id);
    expect(new Set([...after, ...before].map(({ id }) => id)).size).toBe(4);
    expect(after.every(({ stamp }) => !stamp.endsWith(old?.device ?? ''))).toBe(true);
    expect(valueOf(await clone.syncStore.key())?.device).not.toBe(old?.device);

    await syncAll(clone, server);
    await syncAll(phone, server);
    expect(server.accepted()).toHaveLength(4);
    for (const each of [phone, clone]) {
      expect(valueOf(await each.records.read('task', `${incident}/IT-01`))?.value?.status).toBe('blocked');
      expect(await awaitLive(each.records.watchPrefix('log', ''))).toHaveLength(1);
    }
    valueOf(await clone.records.write([taskDraft('IT-02', 'done')]));
    expect(valueOf(await clone.syncStore.prepare(most))?.body.changes[0]?.n).toBe(3);
  });

  it('[BUNDLE-22] is kept and brought what its twin hands over, and told why the server did not take it', async () => {
    const { server, phone, text } = await twinHandsOver();
    const handOver = await phone.handOver();
    expect(valueOf(await handOver.take(text, 'camera'))).toMatchObject({ changes: 1, news: 1 });
    expect(await awaitLive(handOver.held)).toMatchObject({ own: 0, carried: [{ waiting: 1, declined: [] }] });
    expect(await awaitLive(phone.syncStore.unsent)).toMatchObject({ carried: 1 });
    await syncAll(phone, server);
    expect(await awaitLive(handOver.held)).toMatchObject({
      carried: [{ waiting: 0, declined: [{ kind: 'log', reason: { code: 'sequence-reused' } }] }],
    });
    expect(await awaitLive(phone.syncStore.unsent)).toMatchObject({ carried: 0 });
    expect(await awaitLive(phone.records.watchPrefix('log', ''))).toHaveLength(1);
  });

  it('[REL-10] what its twin handed over goes aside at a server set up anew, and can be put back', async () => {
    const { phone, text } = await twinHandsOver();
    valueOf(await (await phone.handOver()).take(text, 'camera'));
    const anew = new ModelServer();
    await join(phone, anew, 'ana', 'anew');
    await syncAll(phone, anew);
    const lost = await awaitLive(phone.lost.all);
    expect(lost).toMatchObject([{ kind: 'log', value: { text: 'of the twin' } }]);
    valueOf(await phone.lost.putBack(lost.map(({ change }) => change)));
    await syncAll(phone, anew);
    expect(await awaitLive(phone.records.watchPrefix('log', ''))).toHaveLength(2);
  });

  it('asks with the same next key after a lost reply, and becomes it only once', async () => {
    const server = new ModelServer();
    const phone = await openPhone();
    await join(phone, server, 'ana');
    const first = valueOf(await phone.syncStore.createNextKey());
    const second = valueOf(await phone.syncStore.createNextKey());
    expect(second.device).toBe(first.device);
    await renew(phone, server);
    valueOf(await phone.records.write([taskDraft('IT-01', 'done')]));
    const reply = {
      device: first.device,
      person: 'ana' as never,
      workspace: { id: 'w1', name: '' },
      access: 'coordinator',
      roles: [],
    } as const;
    valueOf(await phone.syncStore.reissue(first, reply));
    expect(valueOf(await phone.syncStore.prepare(most))?.body.changes.map(({ n }) => n)).toEqual([1]);
    expect(valueOf(await phone.syncStore.key())?.device).toBe(first.device);
  });
});
