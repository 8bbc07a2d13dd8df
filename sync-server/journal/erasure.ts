import type { ChangeId, PersonId } from '../../src/domain/ids.ts';
import type { Dialect } from './dialect.ts';
import type { Kept, Ledger, Tip } from './ledger.ts';
import { select, statement, type Work } from './work.ts';

/** Erases what is personal of somebody (protocol.md, `DELETE /api/people/:person`): values and salts; the chain keeps its digests. */
export class Erasure {
  private readonly ledger: Ledger;
  private readonly idsOf;
  private readonly eraseChanges;
  private readonly eraseRefused;
  private readonly eraseUnreadable;
  private readonly eraseDeviceNames;
  private readonly dropReminders;
  private readonly dropPushes;
  private readonly standing;
  private readonly resultKeys;

  constructor({ inTexts }: Dialect, ledger: Ledger) {
    this.ledger = ledger;
    this.idsOf = select<[number, string, string], { id: ChangeId }>(
      `SELECT id FROM changes WHERE ws = ? AND kind = ? AND key ${inTexts}`,
    );
    this.eraseChanges = statement<[number, string, string]>(
      `UPDATE changes SET value = NULL, salt = '' WHERE ws = ? AND kind = ? AND key ${inTexts}`,
    );
    this.eraseRefused = statement<[number, string, string]>(
      `UPDATE refused SET body = NULL WHERE ws = ? AND kind = ? AND key ${inTexts}`,
    );
    this.eraseUnreadable = statement<[number, string]>(
      `UPDATE refused SET body = NULL WHERE ws = ? AND kind IS NULL AND replace(body, ?, '') <> body`,
    );
    this.eraseDeviceNames = statement<[number, PersonId]>(`UPDATE devices SET name = '' WHERE ws = ? AND person = ?`);
    this.dropReminders = statement<[number, PersonId]>(`DELETE FROM reminders WHERE ws = ? AND person = ?`);
    this.dropPushes = statement<[number, PersonId]>(
      `DELETE FROM push_subscriptions WHERE device IN (SELECT id FROM devices WHERE ws = ? AND person = ?)`,
    );
    this.standing = select<[number, string], { key: string; about: PersonId | null }>(
      `SELECT r.key, c.about FROM records r JOIN changes c ON c.ws = r.ws AND c.seq = r.seq
       WHERE r.ws = ? AND r.kind = 'conflict' AND r.key ${inTexts}`,
    );
    this.resultKeys = select<[number, number], { key: string; stands: number }>(
      `SELECT key, 1 AS stands FROM records WHERE ws = ? AND kind = 'contact-result'
       UNION SELECT key, 0 AS stands FROM refused WHERE ws = ? AND kind = 'contact-result'`,
    );
  }

  *of(tip: Tip, person: PersonId): Work<readonly Kept[]> {
    // What could not be read has no kind and key of its own; erasing too much of it harms nobody.
    yield* this.eraseUnreadable(tip.ws, JSON.stringify(person));
    yield* this.eraseDeviceNames(tip.ws, person);
    yield* this.dropReminders(tip.ws, person);
    yield* this.dropPushes(tip.ws, person);
    const kept: Kept[] = [];
    let overruled = yield* this.erase(tip, 'person', [person]);
    kept.push(yield* this.ledger.appendOwn(tip, { kind: 'person', key: person, value: null }));
    const results = (yield* this.resultKeys(tip.ws, tip.ws)).filter(({ key }) => key.endsWith(`/${person}`));
    overruled = [
      ...overruled,
      ...(yield* this.erase(
        tip,
        'contact-result',
        results.map(({ key }) => key),
      )),
    ];
    for (const { key, stands } of results)
      if (stands === 1) kept.push(yield* this.ledger.appendOwn(tip, { kind: 'contact-result', key, value: null }));
    // A conflict about a conflict carries the same values once more.
    while (overruled.length > 0) {
      const conflicts = yield* this.standing(tip.ws, JSON.stringify(overruled));
      overruled = yield* this.erase(tip, 'conflict', overruled);
      for (const { key, about } of conflicts)
        kept.push(yield* this.ledger.appendOwn(tip, { kind: 'conflict', key, value: null, incident: null, about }));
    }
    return kept;
  }

  /** The ids of the changes that were erased: conflicts about them have them as their keys. */
  private *erase(tip: Tip, kind: string, keys: readonly string[]): Work<readonly string[]> {
    const listed = JSON.stringify(keys);
    const ids = yield* this.idsOf(tip.ws, kind, listed);
    yield* this.eraseChanges(tip.ws, kind, listed);
    yield* this.eraseRefused(tip.ws, kind, listed);
    return ids.map(({ id }) => id);
  }
}
