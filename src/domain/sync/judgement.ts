import { rolesOfExtraTask, type AccessScope } from '../access/access-scope.ts';
import { withGrant, type GrantHistory } from '../access/grant-history.ts';
import { planFacts, type PlanFacts } from '../access/plan-part.ts';
import type { ChangeId, DeviceId, PersonId, PlanHash, RoleId, Stamp } from '../ids.ts';
import type { Json, JsonObject } from '../json.ts';
import type { PlanItem } from '../plan/plan-item.ts';
import type { Change } from './protocol.ts';
import {
  contentOf,
  recordName,
  useName,
  type AcceptedChange,
  type Content,
  type DeviceStamps,
  type HeldChange,
  type HeldRefused,
  type Reconciled,
  type ReconcileFacts,
  type RefusedChange,
  type SequenceGap,
  type Winner,
} from './reconcile-facts.ts';
import { later, momentOf, type Moment } from './stamp.ts';

/**
 * What is known while a batch is judged: the facts, and over them what the batch's own earlier changes added. Only reconcile.ts
 * uses it.
 */
export class Judgement {
  readonly facts: ReconcileFacts;
  readonly scope: AccessScope;
  private readonly learned = new LearnedScope();
  private readonly accepted: AcceptedChange[] = [];
  private readonly refused: RefusedChange[] = [];
  private readonly heldNow = new Map<ChangeId, HeldChange>();
  private readonly refusedNow = new Map<ChangeId, HeldRefused>();
  private readonly usesNow = new Map<string, ChangeId | null>();
  private readonly successorsNow = new Map<ChangeId, Stamp>();
  private readonly winnersNow = new Map<string, Winner>();
  private readonly grantsNow = new Map<PersonId, GrantHistory>();
  private readonly stampsNow = new Map<DeviceId, GrowingStamps>();
  private readonly gaps: SequenceGap[] = [];
  private readonly cloned = new Set<DeviceId>();
  private seq: number;
  private lastStamp: Stamp | null;

  constructor(facts: ReconcileFacts) {
    this.facts = facts;
    this.scope = this.learned.over(facts.scope);
    this.seq = facts.seq;
    this.lastStamp = facts.lastStamp;
  }

  held(id: ChangeId): HeldChange | undefined {
    return this.heldNow.get(id) ?? this.facts.held.get(id);
  }

  refusedBefore(id: ChangeId): HeldRefused | undefined {
    return this.refusedNow.get(id) ?? this.facts.refused.get(id);
  }

  /** Which change a conflict record is about. */
  overruled(key: string): Pick<HeldChange, 'person' | 'kind' | 'key'> | null {
    return this.held(key as ChangeId) ?? null;
  }

  personOf(device: DeviceId): PersonId | null {
    return this.facts.devices.get(device)?.person ?? null;
  }

  isOwnDevice(device: DeviceId): boolean {
    return this.personOf(device) === this.facts.session.person;
  }

  /** Undefined while the `n` is free; null where it was used up by a change without a readable id. */
  useOf(device: DeviceId, n: number): ChangeId | null | undefined {
    const name = useName(device, n);
    return this.usesNow.has(name) ? this.usesNow.get(name) : this.facts.uses.get(name);
  }

  useN(device: DeviceId, n: number, id: ChangeId | null, stamp: Stamp | null): void {
    this.usesNow.set(useName(device, n), id);
    const stamps = this.stampsNow.get(device) ?? grown(this.facts.deviceStamps.get(device));
    this.stampsNow.set(device, stamps);
    if (n > stamps.greatestN + 1) this.gaps.push({ device, from: stamps.greatestN + 1, to: n - 1 });
    stamps.greatestN = Math.max(stamps.greatestN, n);
    if (stamp === null) return;
    const moment = momentOf(stamp);
    stamps.greatest = later(moment, stamps.greatest ?? moment);
    stamps.each.push({ n, moment });
  }

  /** From here on every change of this device in the request is a clone's. */
  markCloned(device: DeviceId): void {
    this.cloned.add(device);
  }

  isCloned(device: DeviceId): boolean {
    return this.cloned.has(device);
  }

  /** The greatest effective stamp among the same device's lower `n`s, refused ones included. */
  ownEarlier(device: DeviceId, n: number): Moment | null {
    const stamps = this.stampsOf(device);
    if (n > stamps.greatestN) return stamps.greatest;
    let greatest: Moment | null = null;
    for (const each of stamps.each) {
      if (each.n < n && (greatest === null || each.moment > greatest)) greatest = each.moment;
    }
    return greatest;
  }

  stampOf(id: ChangeId): Stamp | null {
    return this.held(id)?.stamp ?? this.refusedBefore(id)?.stamp ?? null;
  }

  earliestSuccessor(id: ChangeId): Stamp | null {
    return this.successorsNow.get(id) ?? this.facts.successors.get(id) ?? null;
  }

  winner(record: string): Winner | null {
    return this.winnersNow.get(record) ?? this.facts.winners.get(record) ?? null;
  }

  winnerId(record: string): ChangeId | null {
    return this.winner(record)?.id ?? null;
  }

  grants(person: PersonId): GrantHistory {
    return this.grantsNow.get(person) ?? this.facts.grants.get(person) ?? [];
  }

  accept(change: Omit<AcceptedChange, 'seq' | 'outcomeSeq'>): AcceptedChange {
    const record = recordName(change.change.kind, change.change.key);
    this.seq += 1;
    const outcomeSeq = change.outcome === 'applied' ? this.seq : (this.winner(record)?.seq ?? this.seq);
    const accepted = { ...change, seq: this.seq, outcomeSeq };
    this.accepted.push(accepted);
    this.give(change.change, change.stamp);
    this.remember(accepted);
    if (change.outcome === 'applied') {
      const { id, n, kind, key, value } = change.change;
      this.winnersNow.set(record, { id, n, stamp: change.stamp, seq: this.seq, value });
      this.learned.learn(kind, key, value);
    }
    return accepted;
  }

  refuse(refused: RefusedChange): void {
    this.refused.push(refused);
  }

  rememberRefused(change: Change, person: PersonId | null, stamp: Stamp | null, contentHash: string): void {
    const { id, kind, key } = change;
    this.refusedNow.set(id, { id, kind, key, person, stamp, contentHash });
    if (stamp !== null) this.give(change, stamp);
  }

  result(): Omit<Reconciled, 'outcomes'> {
    return {
      accepted: this.accepted,
      refused: this.refused,
      touched: new Set(this.accepted.map(({ change }) => recordName(change.kind, change.key))),
      seq: this.seq,
      lastStamp: this.lastStamp,
      deviceStamps: this.stampsNow,
      gaps: this.gaps,
    };
  }

  private give(change: Change, stamp: Stamp): void {
    if (this.lastStamp === null || stamp > this.lastStamp) this.lastStamp = stamp;
    if (change.base === null) return;
    const earliest = this.earliestSuccessor(change.base);
    if (earliest === null || stamp < earliest) this.successorsNow.set(change.base, stamp);
  }

  private remember(accepted: AcceptedChange): void {
    const { change, stamp } = accepted;
    const { kind, key } = change;
    this.heldNow.set(change.id, new HeldNow(accepted));
    if (kind === 'grant')
      this.grantsNow.set(key as PersonId, withGrant(this.grants(key as PersonId), stamp, change.value));
  }

  private stampsOf(device: DeviceId): DeviceStamps {
    return this.stampsNow.get(device) ?? this.facts.deviceStamps.get(device) ?? grown(undefined);
  }
}

/** What makes it the same change is written down only where its id comes again in the same request. */
class HeldNow implements HeldChange {
  readonly id: ChangeId;
  readonly kind: string;
  readonly key: string;
  readonly person: PersonId | null;
  readonly stamp: Stamp;
  readonly outcome: 'applied' | 'superseded';
  readonly outcomeSeq: number;
  private readonly accepted: AcceptedChange;

  constructor(accepted: AcceptedChange) {
    const { id, kind, key } = accepted.change;
    this.id = id;
    this.kind = kind;
    this.key = key;
    this.person = accepted.person;
    this.stamp = accepted.stamp;
    this.outcome = accepted.outcome;
    this.outcomeSeq = accepted.outcomeSeq;
    this.accepted = accepted;
  }

  get content(): Content {
    return contentOf(this.accepted.change, this.accepted.valueText);
  }
}

type GrowingStamps = {
  greatestN: number;
  greatest: Moment | null;
  readonly each: { readonly n: number; readonly moment: Moment }[];
};

function grown(known: DeviceStamps | undefined): GrowingStamps {
  return { greatestN: known?.greatestN ?? 0, greatest: known?.greatest ?? null, each: [...(known?.each ?? [])] };
}

/** Incidents, plans and added tasks that the batch itself brings: a phone activates and reports in one request. */
class LearnedScope {
  private readonly incidents = new Map<string, PlanHash | null>();
  private readonly plans = new Map<string, PlanFacts>();
  private readonly extraTasks = new Map<string, readonly RoleId[] | null>();

  over(known: AccessScope): AccessScope {
    return {
      planOf: (incident) =>
        this.incidents.has(incident) ? (this.incidents.get(incident) ?? null) : known.planOf(incident),
      plan: (hash) => this.plans.get(hash) ?? known.plan(hash),
      extraTaskRoles: (incident, code) => {
        const name = `${incident}/${code}`;
        return this.extraTasks.has(name) ? (this.extraTasks.get(name) ?? null) : known.extraTaskRoles(incident, code);
      },
    };
  }

  learn(kind: string, key: string, value: Json): void {
    const fields = value as JsonObject | null;
    if (kind === 'incident') this.incidents.set(key, (fields?.plan ?? null) as PlanHash | null);
    if (kind === 'extra-task') this.extraTasks.set(key, value === null ? null : rolesOfExtraTask(value));
    if (kind === 'plan-version' && fields !== null)
      this.plans.set(key, planFacts(fields.items as unknown as readonly PlanItem[]));
  }
}
