import { IDBFactory } from 'fake-indexeddb';
import { expect, it } from 'vitest';
import type { Json } from '../../src/domain/json.ts';
import type { JournalEntry } from '../../src/domain/sync/protocol.ts';
import type { Draft } from '../../src/domain/ports/records.ts';
import { instant, minute } from '../../src/domain/time.ts';
import { awaitLive, seededRandom, valueOf } from '../storage/support/phone-parts.ts';
import { HttpPhone } from '../sync-server/support/http-phone.ts';
import { JournalCheck } from '../sync-server/support/journal-check.ts';
import { journalOf } from '../sync-server/support/set-up.ts';
import { incident, version } from '../support/protocol-1/every-kind.ts';
import { Recorder } from '../support/protocol-1/recorder.ts';
import { shippedPhone, shownBy, type ShippedPhone } from '../support/protocol-1/shipped-phone.ts';
import { rounds } from '../support/rounds.ts';
import { logEntry, taskProgress } from '../support/sample-plan.ts';

const then = Date.UTC(2024, 10, 23, 8, 0, 0);
const today = Date.UTC(2026, 10, 23, 8, 0, 0);
// the stand-in for IndexedDB looks through a whole index for each row that it replaces: all of them only in `npm run endurance`
const queued = rounds > 10 ? 5000 : 1000;
const perWrite = 50;
const common = ['task', 'step', 'log'] as const;

/** Five thousand changes in the order in which somebody works: notes, steps, and the same forty tasks again and again. */
async function workOffline(phone: ShippedPhone, pass: () => void): Promise<readonly string[]> {
  const made: string[] = [];
  const shown = new Map<string, { readonly change: string; readonly stamp: null }>();
  while (made.length < queued) {
    const drafts = Array.from({ length: perWrite }, (_, at) => draftOf(made.length + at)).map(([kind, key, value]) => {
      const name = `${kind} ${key}`;
      return { kind, key, value, shown: shown.get(name) ?? null } as unknown as Draft;
    });
    const saved = valueOf(await phone.records.write(drafts));
    saved.forEach(({ change }, at) => {
      made.push(change);
      const { kind, key } = drafts[at] ?? { kind: '', key: '' };
      shown.set(`${kind} ${key}`, { change, stamp: null });
    });
    pass();
  }
  return made;
}

function draftOf(at: number): readonly [kind: string, key: string, value: unknown] {
  const task = `T-${String(at % 40)}`;
  if (at % 5 === 0)
    return [
      'task',
      `${incident.id}/${task}`,
      taskProgress(at % 2 === 0 ? 'in-progress' : 'blocked', { reason: String(at) }),
    ];
  if (at % 5 === 1)
    return ['step', `${incident.id}/${task}/${String(at % 9)}`, { done: at % 2 === 0, at: instant(then), by: null }];
  return ['log', `${incident.id}/n${String(at)}`, logEntry(`Note ${String(at)}`, { task })];
}

it.each([
  ['is right', 0],
  ['still stands in 2024', today - then],
])(
  `[REL-33] [SEC-7] an app that slept for two years with ${String(queued)} queued changes meets a server of today; its clock %s`,
  { timeout: 900_000 },
  async (_, behind) => {
    const recorder = await Recorder.open();
    const { server, clock } = recorder;
    clock.now = then;
    let wrongBy = 0;
    const { code } = await server.newWorkspace();
    const now = () => clock.now - wrongBy;
    const parts = { disk: new IDBFactory(), name: 'asleep', origin: server.origin, fetch: recorder.fetch };
    const phone = { ...parts, clock: { now, monotonic: now }, random: seededRandom(11) };
    const before = await shippedPhone(phone);
    await before.join(code, 'Ana');
    valueOf(
      await before.records.write([
        { kind: 'plan-version', key: version.hash, value: version.value, shown: null },
        { kind: 'incident', key: incident.id, value: incident.value, shown: null },
      ] as never),
    );
    expect(await before.round()).toEqual({ tag: 'settled' });
    const invite = valueOf(
      await before.server.invite({ person: { name: 'Ben' }, access: 'coordinator', roles: [], expiresInDays: 7 }),
    );
    const ben = new HttpPhone(server);
    valueOf(await ben.enrol(invite.code));
    const made = await workOffline(before, () => clock.pass(minute));
    before.close();

    clock.now = today;
    await ben.signIn();
    await ben.sync();
    // two hours before the phone wakes: later than its work, unless its clock hides when that was
    await ben.sync(
      Array.from({ length: 10 }, (__, at) =>
        ben.make('task', `${incident.id}/T-${String(at * 4)}`, taskProgress('done')),
      ),
    );
    clock.pass(120 * minute);
    wrongBy = behind;
    const after = await shippedPhone({ ...phone, random: seededRandom(12) });
    expect(await awaitLive(after.syncStore.unsent)).toMatchObject({ unsent: queued, refused: 0 });
    // silent for over 400 days: it keeps everything until a coordinator lets it in again, whose own phone is awake
    expect(await after.round()).toEqual({ tag: 'unreached', hold: null });
    expect(await awaitLive(after.syncStore.unsent)).toMatchObject({ unsent: queued, refused: 0 });
    await ben.signIn();
    const anas = (await server.journal.devices(ben.session.workspace)).find(({ person }) => person !== ben.person);
    expect((await ben.call('POST', `/api/devices/${anas?.id ?? ''}/approve`)).statusCode).toBe(204);
    expect(await after.round()).toEqual({ tag: 'settled' });
    expect(await awaitLive(after.syncStore.unsent)).toMatchObject({ unsent: 0, refused: 0 });

    await ben.signIn();
    await ben.sync();
    const check = new JournalCheck(ben.epoch ?? '');
    await check.readOn(journalOf(ben));
    const kept = made.map((id) => check.changes.get(id as never));
    expect(kept.filter((entry) => entry === undefined)).toEqual([]);
    expectInOrder(kept as readonly JournalEntry[], instant(clock.now));
    const overruled = kept.filter((entry) => entry?.outcome === 'superseded');
    expect(overruled.length > 0).toBe(behind === 0);
    const shown = await shownBy(after, common);
    const others = [...ben.records.values()].filter(({ kind }) => (common as readonly string[]).includes(kind));
    const named = (each: { readonly kind: string; readonly key: string; readonly change: string }) =>
      `${each.kind} ${each.key} ${each.change}`;
    expect(shown.map(named).sort()).toEqual(others.map(named).sort());
    after.close();
    await server.close();
  },
);

it('[REL-33] 5,000 changes of 2024 are taken by a server of today, each with its own verdict, and once', async () => {
  const { server, clock } = await Recorder.open();
  clock.now = then;
  const { code } = await server.newWorkspace();
  const ana = new HttpPhone(server);
  valueOf(await ana.enrol(code, { name: 'Ana' }));
  await ana.sync();
  const made = Array.from({ length: 5000 }, (_, at) => {
    clock.pass(1000);
    const [kind, key, value] = draftOf(at);
    return ana.make(kind, key, value as Json);
  });
  clock.now = today;
  await ana.signIn();
  for (const again of ['first', 'after a lost reply']) {
    for (let from = 0; from < made.length; from += 500) {
      const sent = made.slice(from, from + 500);
      const { outcomes } = again === 'first' ? await ana.sync(sent) : await ana.send(sent);
      expect(outcomes.map(({ id }) => id)).toEqual(sent.map(({ id }) => id));
      expect(outcomes.filter(({ outcome }) => outcome !== 'applied')).toEqual([]);
    }
  }
  const check = new JournalCheck(ana.epoch ?? '');
  await check.readOn(journalOf(ana));
  const kept = made.map(({ id }) => check.changes.get(id));
  expectInOrder(kept as readonly JournalEntry[], instant(clock.now));
  expect(kept[0]?.stamp.slice(0, 10)).toBe('2024-11-23');
  await server.close();
});

/** The server's order is the order in which the phone made them, and none of it lies in the future. */
function expectInOrder(entries: readonly JournalEntry[], now: string): void {
  const stamps = entries.map(({ stamp }) => stamp as string);
  expect(stamps).toEqual([...stamps].sort());
  expect((stamps.at(-1) ?? '') < now).toBe(true);
}
