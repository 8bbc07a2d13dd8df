import type { PersonId } from '../../../src/domain/ids.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { SentChange, SyncedRecord } from '../../../src/domain/sync/protocol.ts';
import { logEntry, taskProgress } from '../../support/sample-plan.ts';
import type { HttpPhone } from '../support/http-phone.ts';

const incident = 'aaaaaaaaaaaaaaaa';
const at = '2026-11-23T12:00:00.000Z';

type Below = (n: number) => number;
type Shown = Pick<SentChange, 'base' | 'seen'>;

/** What people do at a phone, at random: whether they may, the servers and the oracle have to find out. */
export class RandomChanges {
  readonly #phone: HttpPhone;
  readonly #others: readonly PersonId[];
  /** Made since the last pull, and so shown instead of what was pulled. */
  readonly #own = new Map<string, string>();

  /** `others`: whose access may change. */
  constructor(phone: HttpPhone, others: readonly PersonId[]) {
    this.#phone = phone;
    this.#others = others;
  }

  pulled(): void {
    this.#own.clear();
  }

  next(below: Below): readonly SentChange[] {
    const { device, person, n } = this.#phone;
    const task = `${incident}/T-${String(below(12))}`;
    const text = `${device} ${String(n)}`;
    const access = (this.#phone.shown('grant', person) as JsonObject | null | undefined)?.['access'];
    // who may only watch tries more seldom
    if (access !== 'coordinator' && access !== 'responder' && below(4) > 0) return [this.#readiness(text)];
    switch (below(20)) {
      case 0:
      case 1:
      case 2:
        return [this.#log(`${incident}/${device}-${String(n)}`, text)];
      case 3:
        return [this.#log(`${incident}/both-${String(below(5))}`, text)];
      case 4:
        return [this.#edit('step', `${task}/1`, { done: below(2) === 0, at, by: person })];
      case 5:
        return [this.#edit('person', below(3) > 0 ? person : pick(this.#others, below), { name: text, contacts: [] })];
      case 6:
        return [this.#readiness(text)];
      case 7:
        return [this.#edit('availability', `${incident}/${person}`, { within: '15', until: null })];
      case 8: {
        const who = below(2) === 0 ? person : pick(this.#others, below);
        return [this.#edit('assignment', `${incident}/it/${who}`, { since: at, until: null, note: text })];
      }
      case 9:
        if (access === 'coordinator' || below(4) === 0) return [this.#grant(text, below)];
        return [this.#edit('person', person, { name: text, contacts: [] })];
      case 10:
      case 11:
        return this.#decision(text, below);
      case 12:
        // with its status log, as every change of status
        return [this.#progress(task, text, below), this.#log(`${incident}/${device}-${String(n)}`, text)];
      default:
        return [this.#progress(task, text, below)];
    }
  }

  #progress(key: string, reason: string, below: Below): SentChange {
    if (below(8) === 0) return this.#edit('task', key, null);
    const status = pick(['in-progress', 'blocked', 'done'], below);
    const value = taskProgress(status, { reason });
    return below(10) === 0
      ? this.#make('task', key, value, { base: null, seen: null })
      : this.#edit('task', key, value);
  }

  #log(key: string, text: string): SentChange {
    return this.#make('log', key, logEntry(text), { base: null, seen: null });
  }

  #readiness(name: string): SentChange {
    const facts = { installed: true, persisted: null, plan: null, appVersion: '1', reportedAt: at };
    return this.#edit('device', this.#phone.device, { name, ...facts });
  }

  #grant(note: string, below: Below): SentChange {
    const access = pick(['coordinator', 'responder', 'responder', 'responder', 'observer'], below);
    return this.#edit('grant', pick(this.#others, below), below(20) === 0 ? null : { access, roles: [], note });
  }

  /** Keeps theirs or restores mine, which is a change of its own; decides nothing where nothing is open. */
  #decision(note: string, below: Below): readonly SentChange[] {
    const open = [...this.#phone.records.values()].filter(isOpenConflict);
    if (open.length === 0) return [this.#log(`${incident}/${this.#phone.device}-${String(this.#phone.n)}`, note)];
    const { key, value } = pick(open, below);
    const conflict = value as JsonObject;
    if (below(2) === 0) return [this.#edit('conflict', key, { ...conflict, decision: 'kept', note })];
    const { kind, key: name, overruled } = conflict as { kind: string; key: string; overruled: JsonObject };
    return [
      this.#edit('conflict', key, { ...conflict, decision: 'restored', note }),
      this.#edit(kind, name, overruled['value'] as JsonObject | null),
    ];
  }

  #edit(kind: string, key: string, value: JsonObject | null): SentChange {
    return this.#make(kind, key, value, this.#shown(kind, key));
  }

  #make(kind: string, key: string, value: JsonObject | null, shown: Shown): SentChange {
    const change = this.#phone.make(kind, key, value, shown);
    this.#own.set(`${kind}/${key}`, change.id);
    return change;
  }

  #shown(kind: string, key: string): Shown {
    const name = `${kind}/${key}`;
    const own = this.#own.get(name);
    if (own !== undefined) return { base: own as SentChange['base'], seen: null };
    const pulled = this.#phone.records.get(name);
    return { base: pulled?.change ?? null, seen: pulled?.stamp ?? null };
  }
}

function isOpenConflict({ kind, value }: SyncedRecord): boolean {
  return kind === 'conflict' && (value as JsonObject | null)?.['decision'] === 'open';
}

function pick<T>(all: readonly T[], below: Below): T {
  const found = all[below(all.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}
