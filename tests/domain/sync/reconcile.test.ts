import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChangeId, DeviceId, PersonId, Stamp } from '../../../src/domain/ids.ts';
import { ancestorsOf, compareChanges } from '../../../src/domain/sync/ancestry.ts';
import type { Outcome, SentChange } from '../../../src/domain/sync/protocol.ts';
import { momentAt, momentOf, momentTime, stampAt } from '../../../src/domain/sync/stamp.ts';
import { uuid7 } from '../../../src/domain/sync/uuid7.ts';
import { instant } from '../../../src/domain/time.ts';
import { MemoryServer } from '../../support/memory-server.ts';
import { pushesOf, steps, type ScriptDevice } from '../../support/push-script.ts';
import { taskProgress } from '../../support/sample-plan.ts';

const start = Date.UTC(2026, 10, 23, 12);
const settings = { numRuns: 400, seed: 20261123 };
/** Three people, one of them with two phones. */
const devices: readonly ScriptDevice[] = ['a', 'b', 'c', 'd'].map((digit, at) => ({
  device: digit.repeat(16) as DeviceId,
  person: `p${String(Math.min(at, 2))}` as PersonId,
}));
const newServer = () =>
  new MemoryServer(
    new Map(devices.map(({ device, person }) => [device, person])),
    new Map(
      devices.map(({ person }) => [
        person,
        [
          {
            stamp: stampAt(momentAt(start - 1e9), 'a'.repeat(16) as DeviceId),
            grant: { access: 'responder', roles: [] },
          },
        ],
      ]),
    ),
  );

describe('reconcile', () => {
  it('[REL-14] [REL-15] every change has one verdict, the same however often it is sent; accepted ones are held exactly once', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const server = newServer();
        const verdicts = new Map<string, Outcome>();
        for (const { from, request, arrived } of pushesOf(script, devices, start)) {
          const outcomes = server.push(from, request, arrived);
          expect(outcomes.map(({ id }) => id)).toEqual(
            request.changes.map(({ id }) => (id.startsWith('no') ? null : id)),
          );
          request.changes.forEach((change, at) => {
            const outcome = outcomes[at];
            if (outcome === undefined || outcome.id === null) return;
            const name = JSON.stringify([change.id, change.n, change.stamp]);
            const before = verdicts.get(name);
            if (before?.stamp) expect(outcome.stamp).toBe(before.stamp);
            if (before !== undefined && before.outcome !== 'refused')
              expect({ ...outcome, winner: null }).toEqual({ ...before, winner: null });
            verdicts.set(name, outcome);
          });
        }
        const ids = server.accepted.map(({ change }) => change.id);
        expect(new Set(ids).size).toBe(ids.length);
        const uses = server.accepted.map(({ change }) => `${change.stamp.slice(-16)}/${String(change.n)}`);
        expect(new Set(uses).size).toBe(uses.length);
      }),
      settings,
    );
  });

  it('[REL-26] whatever the clocks and the order of arrival, a change is later than its base, unless it was cut for a successor of its own', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const server = newServer();
        for (const { from, request, arrived } of pushesOf(script, devices, start)) server.push(from, request, arrived);
        for (const history of server.histories().values()) {
          for (const link of history.values()) {
            const base = link.base === null ? undefined : history.get(link.base);
            if (!link.accepted || !base?.accepted || base.stamp === null || link.stamp === null) continue;
            const wasCut = server.successorsOf(link.id).some((stamp) => isJustBefore(link.stamp as Stamp, stamp));
            expect(base.stamp < link.stamp || wasCut || isFloor(base.stamp)).toBe(true);
          }
        }
      }),
      settings,
    );
  });

  it('[REL-23] whoever is neither winner nor seen by it nor followed by a winner of its author is overruled, and nobody else', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const server = newServer();
        for (const { from, request, arrived } of pushesOf(script, devices, start)) server.push(from, request, arrived);
        const expected = new Set<ChangeId>();
        for (const [name, history] of server.histories()) {
          const winner = [...history.values()].find(({ id }) => id === server.winners().get(name));
          if (winner === undefined) continue;
          const links = [...history.values()].filter(({ accepted }) => accepted);
          for (const person of new Set(links.map((link) => link.person))) {
            if (person === winner.person) continue;
            const unseen = links.filter(
              (link) => link.person === person && !ancestorsOf(history, winner.id).has(link.id),
            );
            const newest = unseen.toSorted(compareChanges).at(-1);
            if (newest !== undefined) expected.add(newest.id);
          }
        }
        expect(server.overruled()).toEqual(expected);
      }),
      settings,
    );
  });

  it('[ORDER] with honest clocks any order, any cut into pushes and any repetition give the same stamps, winners and conflicts', () => {
    const plan = fc
      .array(
        fc.record({
          by: fc.integer({ min: 0, max: 3 }),
          record: fc.integer({ min: 0, max: 2 }),
          base: fc.option(fc.integer({ min: 0, max: 4 })),
        }),
        { minLength: 1, maxLength: 24 },
      )
      .chain((made) =>
        fc.record({
          made: fc.constant(made),
          order: fc.array(fc.integer({ min: 0, max: made.length - 1 }), { maxLength: 80 }),
          cut: fc.integer({ min: 1, max: 7 }),
        }),
      );
    fc.assert(
      fc.property(plan, ({ made, order, cut }) => {
        const changes = honest(made);
        const straight = newServer();
        for (const change of changes) send(straight, [change]);
        const shuffled = newServer();
        const arrivals = [...order.map((at) => changes[at] as SentChange), ...changes.toReversed()];
        for (let from = 0; from < arrivals.length; from += cut) {
          for (const { device } of devices)
            send(
              shuffled,
              arrivals.slice(from, from + cut).filter(({ stamp }) => stamp.endsWith(device)),
            );
        }
        const stamps = (server: MemoryServer) =>
          new Map(server.accepted.map(({ change, stamp }) => [change.id, stamp] as const));
        expect(stamps(shuffled)).toEqual(stamps(straight));
        expect(shuffled.winners()).toEqual(straight.winners());
        expect(shuffled.overruled()).toEqual(straight.overruled());
      }),
      settings,
    );
  });

  it('[ORDER] a change that claims any wall, stamp or seen is never later than now, unless something later is its base or its own', () => {
    const lie = fc.record({
      wall: fc.integer({ min: 0, max: 4e12 }),
      seen: fc.option(fc.integer({ min: 0, max: 4e12 })),
      given: fc.option(fc.integer({ min: 0, max: 4e12 })),
      clientNow: fc.integer({ min: 0, max: 4e12 }),
    });
    fc.assert(
      fc.property(lie, ({ wall, seen, given, clientNow }) => {
        const [liar] = devices as [ScriptDevice];
        const stampOf = (at: number | null) => (at === null ? null : stampAt(momentAt(at), liar.device));
        const change: SentChange = {
          id: uuid7(start, new Uint8Array(10)),
          n: 1,
          kind: 'task',
          key: 'i/T',
          value: taskProgress('done'),
          base: seen === null ? null : uuid7(1, new Uint8Array(10)),
          seen: stampOf(seen),
          stamp: stampAt(momentAt(wall), liar.device),
          wall: instant(wall),
          line: 1,
          v: 1,
          ...(given === null ? {} : { given: stampOf(given) as Stamp }),
        };
        const [outcome] = newServer().push(liar, { clientNow: instant(clientNow), line: 1, changes: [change] }, start);
        expect((outcome?.stamp ?? '') <= stampAt(momentAt(start, 1), liar.device)).toBe(true);
      }),
      settings,
    );
  });
});

/** Cut: 1 ms before, counter 0000. */
function isJustBefore(stamp: Stamp, successor: Stamp): boolean {
  return momentOf(stamp) === momentAt(momentTime(momentOf(successor)) - 1);
}

function isFloor(stamp: Stamp): boolean {
  return momentOf(stamp) === momentAt(0);
}

type Made = { readonly by: number; readonly record: number; readonly base: number | null };

/** Changes of phones whose clocks are right, each a second after the last and based on what was made before. */
function honest(made: readonly Made[]): readonly SentChange[] {
  const counters = new Map<DeviceId, number>();
  const changes: SentChange[] = [];
  made.forEach(({ by, record, base }, at) => {
    const { device } = devices[by] as ScriptDevice;
    const n = (counters.get(device) ?? 0) + 1;
    counters.set(device, n);
    const key = `i/T-${String(record)}`;
    const wall = start + at * 1000;
    changes.push({
      id: uuid7(wall, new Uint8Array(10)),
      n,
      kind: 'task',
      key,
      value: taskProgress('in-progress', { reason: String(at) }),
      base: base === null ? null : (changes.filter((each) => each.key === key).at(-1 - base)?.id ?? null),
      seen: null,
      stamp: stampAt(momentAt(wall), device),
      wall: instant(wall),
      line: 1,
      v: 1,
    });
  });
  return changes;
}

function send(server: MemoryServer, changes: readonly SentChange[]): void {
  const [first] = changes;
  const from = devices.find(({ device }) => first?.stamp.endsWith(device));
  const arrived = start + 3_600_000;
  if (from !== undefined) server.push(from, { clientNow: instant(arrived), line: 1, changes }, arrived);
}
