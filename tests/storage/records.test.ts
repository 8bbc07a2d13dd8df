import { describe, expect, it } from 'vitest';
import { taskDraft, logDraft, incident } from './support/drafts.ts';
import { openMember, openPhone } from './support/open-phone.ts';
import { soon } from './support/soon.ts';
import { awaitLive, follow, valueOf } from './support/phone-parts.ts';

describe('writing', () => {
  it('[RECORDS] shows what was saved, as unsent, by its author', async () => {
    const phone = await openMember('ana');
    const [saved] = valueOf(await phone.records.write([taskDraft('IT-07', 'done')]));
    const shown = valueOf(await phone.records.read('task', `${incident}/IT-07`));
    expect(shown).toMatchObject({
      change: saved?.change,
      unsent: true,
      stamp: null,
      value: { status: 'done' },
      author: { person: 'ana' },
    });
  });

  it('[RECORDS] counts n from 1 without gaps and stamps upwards', async () => {
    const phone = await openMember();
    const saved = valueOf(
      await phone.records.write([taskDraft('IT-01', 'done'), taskDraft('IT-02', 'done'), logDraft('a', 'x')]),
    );
    expect(saved.map(({ n }) => n)).toEqual([1, 2, 3]);
    const [next] = valueOf(await phone.records.write([taskDraft('IT-03', 'done')]));
    expect(next?.n).toBe(4);
    const sent = valueOf(await phone.syncStore.prepare({ changes: 10, bytes: 1e6 }));
    const stamps = sent?.body.changes.map(({ stamp }) => stamp) ?? [];
    expect([...stamps].sort()).toEqual(stamps);
    expect(new Set(stamps).size).toBe(4);
  });

  it('[RECORDS] names the change that the screen showed as base', async () => {
    const phone = await openMember();
    valueOf(await phone.records.write([taskDraft('IT-01', 'in-progress')]));
    const shown = valueOf(await phone.records.read('task', `${incident}/IT-01`));
    valueOf(await phone.records.write([taskDraft('IT-01', 'done', shown)]));
    const sent = valueOf(await phone.syncStore.prepare({ changes: 10, bytes: 1e6 }));
    expect(sent?.body.changes.map(({ base }) => base)).toEqual([null, shown?.change]);
  });

  it('[RECORDS] keeps all drafts or none', async () => {
    const phone = await openMember();
    const tooLong = await phone.records.write([taskDraft('IT-01', 'done'), logDraft('a', 'x'.repeat(70_000))]);
    expect(tooLong).toMatchObject({ ok: false, error: { tag: 'too-large', most: 65_536 } });
    expect(valueOf(await phone.records.read('task', `${incident}/IT-01`))).toBeNull();
    const wrong = await phone.records.write([
      taskDraft('IT-01', 'done'),
      { ...taskDraft('IT-02', 'done'), value: { status: 'odd' } as never },
    ]);
    expect(wrong).toMatchObject({ ok: false, error: { tag: 'invalid', kind: 'task' } });
    expect(valueOf(await phone.syncStore.prepare({ changes: 10, bytes: 1e6 }))?.body.changes).toEqual([]);
  });

  it('[REL-3] never fails because of a clock, and raises the line when it jumps back', async () => {
    const phone = await openMember();
    const lines: number[] = [];
    for (const jump of [0, 365 * 86_400_000, -400 * 86_400_000, -phone.clock.wall - 1, Number.MAX_SAFE_INTEGER]) {
      phone.clock.wall += jump;
      valueOf(await phone.records.write([taskDraft('IT-01', 'done')]));
    }
    const sent = valueOf(await phone.syncStore.prepare({ changes: 10, bytes: 1e6 }));
    for (const { line } of sent?.body.changes ?? []) lines.push(line);
    expect(lines).toEqual([1, 1, 2, 3, 3]);
    const stamps = sent?.body.changes.map(({ stamp }) => stamp) ?? [];
    expect([...stamps].sort()).toEqual(stamps);
  });

  it('[RECORDS] drops fields that are undefined, so that what is kept is what travels', async () => {
    const phone = await openMember();
    const draft = taskDraft('IT-01', 'done');
    valueOf(await phone.records.write([{ ...draft, value: { ...draft.value, extra: undefined } as never }]));
    const sent = valueOf(await phone.syncStore.prepare({ changes: 1, bytes: 1e6 }));
    expect(Object.keys(sent?.body.changes[0]?.value as object)).not.toContain('extra');
  });
});

describe('watching', () => {
  it('[RECORDS] gives the whole prefix in key order, then each change', async () => {
    const phone = await openMember();
    valueOf(await phone.records.write(['IT-03', 'IT-01', 'IT-02'].map((code) => taskDraft(code, 'not-started'))));
    const watch = follow(phone.records.watchPrefix('task', `${incident}/`));
    await soon(() => expect(watch.values.at(-1)?.map(({ key }) => key.slice(-2))).toEqual(['01', '02', '03']));
    valueOf(await phone.records.write([taskDraft('IT-02', 'done')]));
    await soon(() =>
      expect(watch.values.at(-1)?.map(({ value }) => value?.status)).toEqual(['not-started', 'done', 'not-started']),
    );
    expect(watch.values).toHaveLength(2);
    watch.stop();
  });

  it('[RECORDS] keeps the rows that did not change, so that a screen draws one row again', async () => {
    const phone = await openMember();
    valueOf(await phone.records.write(['IT-01', 'IT-02'].map((code) => taskDraft(code, 'not-started'))));
    const watch = follow(phone.records.watchPrefix('task', `${incident}/`));
    await soon(() => expect(watch.values).toHaveLength(1));
    valueOf(await phone.records.write([taskDraft('IT-02', 'done')]));
    await soon(() => expect(watch.values).toHaveLength(2));
    const [before, after] = watch.values;
    expect(after?.[0]).toBe(before?.[0]);
    expect(after?.[1]).not.toBe(before?.[1]);
    watch.stop();
  });

  it('[RECORDS] leaves tombstones out unless asked for', async () => {
    const phone = await openMember();
    valueOf(await phone.records.write([taskDraft('IT-01', 'done'), { ...taskDraft('IT-02', 'done'), value: null }]));
    expect(await awaitLive(phone.records.watchPrefix('task', `${incident}/`))).toHaveLength(1);
    expect(await awaitLive(phone.records.watchPrefix('task', `${incident}/`, { tombstones: true }))).toHaveLength(2);
    expect(await awaitLive(phone.records.watch('task', `${incident}/IT-02`))).toBeNull();
  });

  it('[RECORDS] gives the last keys first, and goes on doing so', async () => {
    const phone = await openMember();
    for (const id of ['a', 'b', 'c', 'd']) valueOf(await phone.records.write([logDraft(id, id)]));
    const watch = follow(phone.records.watchPrefix('log', `${incident}/`, { last: 2 }));
    await soon(() => expect(watch.values.at(-1)?.map(({ value }) => value?.text)).toEqual(['d', 'c']));
    valueOf(await phone.records.write([logDraft('e', 'e')]));
    await soon(() => expect(watch.values.at(-1)?.map(({ value }) => value?.text)).toEqual(['e', 'd']));
    valueOf(await phone.records.write([{ ...logDraft('e', ''), value: null }]));
    await soon(() => expect(watch.values.at(-1)?.map(({ value }) => value?.text)).toEqual(['d', 'c']));
    watch.stop();
  });

  it('[RECORDS] gives the log of one task by event time', async () => {
    const phone = await openMember();
    const noon = phone.clock.wall;
    valueOf(
      await phone.records.write([
        logDraft('a', 'later', 'IT-07', noon),
        logDraft('b', 'other', 'IT-08', noon),
        logDraft('c', 'earlier', 'IT-07', noon - 60_000),
      ]),
    );
    const watch = follow(phone.records.watchTaskLog(`${incident}/IT-07`));
    await soon(() => expect(watch.values.at(-1)?.map(({ value }) => value?.text)).toEqual(['earlier', 'later']));
    valueOf(
      await phone.records.write([logDraft('d', 'latest', 'IT-07', noon + 1), logDraft('e', 'other', 'IT-08', noon)]),
    );
    await soon(() =>
      expect(watch.values.at(-1)?.map(({ value }) => value?.text)).toEqual(['earlier', 'later', 'latest']),
    );
    watch.stop();
  });

  it('[REL-20] two tabs of one database see each other and never use an n twice', async () => {
    const phone = await openMember();
    const tab = await openPhone(phone);
    const watch = follow(tab.records.watchPrefix('task', `${incident}/`));
    await soon(() => expect(watch.values).toHaveLength(1));
    const writes = Array.from({ length: 20 }, (_, at) =>
      (at % 2 === 0 ? phone : tab).records.write([taskDraft(`IT-${String(at)}`, 'done')]),
    );
    const saved = (await Promise.all(writes)).flatMap((each) => valueOf(each));
    expect(new Set(saved.map(({ n }) => n)).size).toBe(20);
    await soon(() => expect(watch.values.at(-1)).toHaveLength(20));
    watch.stop();
  });

  it('[RECORDS] reads all again after more commits than the pulse remembers', async () => {
    const phone = await openMember();
    const watch = follow(phone.records.watchPrefix('task', `${incident}/`));
    await soon(() => expect(watch.values).toHaveLength(1));
    const many = Array.from({ length: 300 }, (_, at) => taskDraft(`T-${String(at).padStart(4, '0')}`, 'done'));
    valueOf(await phone.records.write(many));
    await soon(() => expect(watch.values.at(-1)).toHaveLength(300));
    watch.stop();
  });
});
