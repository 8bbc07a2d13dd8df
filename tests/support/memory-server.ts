import type { GrantHistory } from '../../src/domain/access/grant-history.ts';
import type { ChangeId, DeviceId, Instant, PersonId, Stamp } from '../../src/domain/ids.ts';
import { overruledChanges, winnerOf, type HistoryLink } from '../../src/domain/sync/ancestry.ts';
import { readChange } from '../../src/domain/sync/change.ts';
import { clockOffset, serverNow } from '../../src/domain/sync/effective-stamp.ts';
import type { Outcome, SentChange } from '../../src/domain/sync/protocol.ts';
import { contentHash, reconcile } from '../../src/domain/sync/reconcile.ts';
import {
  contentOf,
  recordName,
  useName,
  type AcceptedChange,
  type HeldRefused,
  type ReconcileFacts,
  type RefusedChange,
} from '../../src/domain/sync/reconcile-facts.ts';
import { deviceOf, momentOf } from '../../src/domain/sync/stamp.ts';
import type { Millis } from '../../src/domain/time.ts';

type Refused = RefusedChange & {
  readonly base: ChangeId | null;
  readonly kind: string;
  readonly key: string;
  readonly contentHash: string;
};

/**
 * A server in memory that finds every fact by looking through everything it holds. Too slow to serve anybody, and so simple
 * that a database's statements can be checked against it.
 */
export class MemoryServer {
  readonly accepted: AcceptedChange[] = [];
  private refused: Refused[] = [];
  private lastStamp: Stamp | null = null;
  private readonly devices: ReadonlyMap<DeviceId, { readonly person: PersonId; readonly revokedAt: null }>;
  private readonly grants: ReadonlyMap<PersonId, GrantHistory>;

  constructor(devices: ReadonlyMap<DeviceId, PersonId>, grants: ReadonlyMap<PersonId, GrantHistory>) {
    this.devices = new Map([...devices].map(([device, person]) => [device, { person, revokedAt: null }]));
    this.grants = grants;
  }

  push(
    session: { readonly device: DeviceId; readonly person: PersonId },
    request: { readonly clientNow: Instant; readonly line: number; readonly changes: readonly SentChange[] },
    arrived: Millis,
  ): readonly Outcome[] {
    const reads = request.changes.map(readChange);
    const judged = reconcile(
      reads,
      this.facts(session, { line: request.line, offset: clockOffset(arrived, request.clientNow) }, arrived),
    );
    this.accepted.push(...judged.accepted);
    const released = new Set(judged.accepted.map(({ change }) => change.id));
    this.refused = this.refused.filter(({ id, ownsId }) => !ownsId || id === null || !released.has(id));
    for (const refused of judged.refused) {
      const read = reads[refused.position];
      if (read?.tag !== 'readable') continue;
      const hash = contentHash(contentOf(read.change, read.valueText));
      if (this.refused.some((each) => each.contentHash === hash)) continue;
      const { base, kind, key } = read.change;
      this.refused.push({ ...refused, base, kind, key, contentHash: hash });
    }
    this.lastStamp = judged.lastStamp;
    return judged.outcomes;
  }

  winners(): ReadonlyMap<string, ChangeId> {
    return new Map([...this.histories()].map(([name, history]) => [name, winnerOf(history)?.id as ChangeId]));
  }

  /** Effective stamps of everything held that names this change as its base. */
  successorsOf(id: ChangeId): readonly Stamp[] {
    const held = [...this.accepted.map(({ change, stamp }) => ({ base: change.base, stamp })), ...this.refused];
    return held.flatMap(({ base, stamp }) => (base === id && stamp !== null ? [stamp] : []));
  }

  overruled(): ReadonlySet<ChangeId> {
    return new Set([...this.histories().values()].flatMap(overruledChanges).map(({ id }) => id));
  }

  histories(): ReadonlyMap<string, ReadonlyMap<ChangeId, HistoryLink>> {
    const histories = new Map<string, Map<ChangeId, HistoryLink>>();
    for (const { change, stamp, person } of this.accepted) {
      const { id, base, n, kind, key } = change;
      const history = histories.get(recordName(kind, key)) ?? new Map<ChangeId, HistoryLink>();
      histories.set(
        recordName(kind, key),
        history.set(id, { id, base, n, device: deviceOf(change.stamp), person, stamp, accepted: true }),
      );
    }
    for (const { id, base, n, device, person, stamp, kind, key, ownsId } of this.refused) {
      if (!ownsId || id === null || n === null || device === null) continue;
      const history = histories.get(recordName(kind, key));
      if (history !== undefined) history.set(id, { id, base, n, device, person, stamp, accepted: false });
    }
    return histories;
  }

  private facts(
    session: { readonly device: DeviceId; readonly person: PersonId },
    request: ReconcileFacts['request'],
    arrived: Millis,
  ): ReconcileFacts {
    const owned = this.refused.filter(({ ownsN }) => ownsN);
    const stamps = [
      ...this.accepted.map(({ change, stamp }) => ({
        device: deviceOf(change.stamp),
        n: change.n,
        id: change.id as ChangeId | null,
        base: change.base,
        stamp: stamp as Stamp | null,
      })),
      ...owned.map(({ device, n, id, base, stamp }) => ({ device, n: n ?? 0, id, base, stamp })),
    ];
    const successors = new Map<ChangeId, Stamp>();
    const held = [
      ...this.accepted.map(({ change, stamp }) => ({
        base: change.base,
        stamp: stamp as Stamp | null,
        person: session.person,
      })),
      ...this.refused,
    ];
    for (const { base, stamp, person } of held) {
      if (base === null || stamp === null || person !== session.person) continue;
      const known = successors.get(base);
      if (known === undefined || stamp < known) successors.set(base, stamp);
    }
    return {
      now: serverNow(arrived, this.lastStamp),
      lastStamp: this.lastStamp,
      seq: this.accepted.length,
      session,
      request,
      devices: this.devices,
      deviceStamps: new Map(
        [...this.devices.keys()].map((device) => {
          const own = stamps.filter((each) => each.device === device);
          const each = own.flatMap(({ n, stamp }) => (stamp === null ? [] : [{ n, moment: momentOf(stamp) }]));
          const greatest =
            each
              .map(({ moment }) => moment)
              .sort()
              .at(-1) ?? null;
          return [device, { greatestN: Math.max(0, ...own.map(({ n }) => n)), greatest, each }];
        }),
      ),
      held: new Map(
        this.accepted.map(({ change, person, stamp, outcome, outcomeSeq, valueText }) => {
          const { id, kind, key } = change;
          return [id, { id, kind, key, person, stamp, outcome, outcomeSeq, content: contentOf(change, valueText) }];
        }),
      ),
      refused: new Map(
        this.refused.flatMap(({ id, kind, key, person, stamp, contentHash: hash, ownsId }) =>
          !ownsId || id === null
            ? []
            : [[id, { id, kind, key, person, stamp, contentHash: hash } satisfies HeldRefused] as const],
        ),
      ),
      uses: new Map(
        stamps.flatMap(({ device, n, id }) => (device === null ? [] : [[useName(device, n), id] as const])),
      ),
      successors,
      winners: new Map(
        [...this.histories()].flatMap(([name, history]) => {
          const winner = winnerOf(history);
          const found = this.accepted.find(({ change }) => change.id === winner?.id);
          if (found === undefined) return [];
          return [
            [
              name,
              { id: found.change.id, n: found.change.n, stamp: found.stamp, seq: found.seq, value: found.change.value },
            ] as const,
          ];
        }),
      ),
      grants: this.grants,
      usedByOthers: new Set(),
      scope: { planOf: () => null, plan: () => null, extraTaskRoles: () => null },
    };
  }
}
