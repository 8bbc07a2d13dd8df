import { minute, type Millis } from '../../src/domain/time.ts';
import {
  missesInAll,
  missesPerCode,
  radioCodeLifetime,
  radioTries,
  type CodeForm,
  type FailedCodes,
  type Rate,
} from '../attempt-limits.ts';
import type { Engine } from './engine.ts';
import type { CodeHash } from './journal.ts';
import { select, selectOne, statement } from './work.ts';

type Level = { readonly available: number; readonly at: Millis };

/**
 * Failed codes in the database, one row each: no restart forgets them, and an attacker finds no node that has not counted. Misses are
 * token buckets; the tries of a code for the radio do not come back.
 */
export class SqlFailedCodes implements FailedCodes {
  private readonly engine: Engine;
  private readonly level = selectOne<[string], Level>('SELECT available, at FROM attempts WHERE name = ?');
  private readonly alive = selectOne<[string, Millis], object>('SELECT 1 FROM attempts WHERE name = ? AND full_at > ?');
  private readonly sweep = statement<[Millis]>('DELETE FROM attempts WHERE full_at <= ?');
  private readonly take;
  private readonly tryOnce;
  private readonly untry;
  private nextSweep: Millis = 0;

  constructor(engine: Engine) {
    this.engine = engine;
    const { least, greatest } = engine.dialect;
    const refilled = `${least}(excluded.available + 1, attempts.available
      + ${greatest}(0, excluded.at - attempts.at) / 1000.0 * CAST(? AS DOUBLE PRECISION))`;
    this.take = statement<[string, number, Millis, Millis, number]>(
      `INSERT INTO attempts (name, available, at, full_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET at = excluded.at, full_at = excluded.full_at, available = ${greatest}(0, ${refilled} - 1)`,
    );
    // once dead it stays as it is until its end: whoever goes on trying keeps nobody from being given these characters anew
    const isOver = 'attempts.full_at <= excluded.at';
    const isDead = `attempts.full_at > excluded.at AND attempts.available <= 0`;
    this.tryOnce = select<[string, number, Millis, Millis], { available: number }>(
      `INSERT INTO attempts (name, available, at, full_at) VALUES (?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET at = excluded.at,
         available = CASE WHEN ${isOver} THEN excluded.available ELSE ${greatest}(-1, attempts.available - 1) END,
         full_at = CASE WHEN ${isDead} THEN attempts.full_at ELSE excluded.full_at END
       RETURNING available`,
    );
    // below 0 are tries that were not allowed: they have taken nothing
    this.untry = statement<[string, Millis]>(
      `UPDATE attempts SET available = ${greatest}(0, available) + 1 WHERE name = ? AND full_at > ?`,
    );
  }

  wait(code: CodeHash, now: Millis): Promise<number> {
    return this.waitFor(nameOf(code), missesPerCode, now);
  }

  waitForAny(form: CodeForm, now: Millis): Promise<number> {
    return this.waitFor(anyCode[form], missesInAll, now);
  }

  async failed(code: CodeHash, form: CodeForm, now: Millis): Promise<void> {
    const { engine, take, sweep } = this;
    // those for the radio have their tries instead
    if (form === 'long') await engine.write(nameOf(code), () => take(nameOf(code), ...bucket(missesPerCode, now)));
    await engine.write(anyCode[form], () => take(anyCode[form], ...bucket(missesInAll, now)));
    if (now < this.nextSweep) return;
    this.nextSweep = now + minute;
    await engine.write('sweep', () => sweep(now));
  }

  async tryRadio(find: string, now: Millis): Promise<boolean> {
    const name = radioName(find);
    const [row] = await this.engine.write(name, () => this.tryOnce(name, radioTries - 1, now, now + radioCodeLifetime));
    return row !== undefined && row.available >= 0;
  }

  async giveBackTry(find: string, now: Millis): Promise<void> {
    const name = radioName(find);
    await this.engine.write(name, () => this.untry(name, now));
  }

  async isUntried(find: string, now: Millis): Promise<boolean> {
    return (await this.engine.read(() => this.alive(radioName(find), now))) === null;
  }

  private async waitFor(name: string, { burst, perSecond }: Rate, now: Millis): Promise<number> {
    const held = await this.engine.read(() => this.level(name));
    if (held === null) return 0;
    // a clock set back must not lock anybody out for as long
    const available = Math.min(burst, held.available + (Math.max(0, now - held.at) / 1000) * perSecond);
    return available >= 1 ? 0 : Math.ceil((1 - available) / perSecond);
  }
}

const anyCode: Readonly<Record<CodeForm, string>> = { long: 'any code', radio: 'any radio code' };

function nameOf(code: CodeHash): string {
  return `code ${code}`;
}

/** Under which the tries with these four characters are counted. */
export function radioName(find: string): string {
  return `radio ${find}`;
}

function bucket({ burst, perSecond }: Rate, now: Millis): [number, Millis, Millis, number] {
  return [burst - 1, now, Math.ceil(now + (burst / perSecond) * 1000), perSecond];
}
