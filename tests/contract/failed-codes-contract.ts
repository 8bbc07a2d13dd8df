import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { minute, type Millis } from '../../src/domain/time.ts';
import type { FailedCodes } from '../../sync-server/attempt-limits.ts';

export type FailedCodesUnderTest = {
  readonly name: string;
  /** Counts on an empty database. */
  open(): Promise<Opened>;
  /** The same database, by a server that was started anew or by another node. */
  openAgain(): Promise<Opened>;
};
type Opened = { readonly failedCodes: FailedCodes; readonly close: () => Promise<void> };

const start: Millis = Date.parse('2026-11-23T12:00:00.000Z');

/** What whoever counts failed codes must hold, whichever database keeps the counts. */
export function failedCodesContract({ name, open, openAgain }: FailedCodesUnderTest): void {
  describe(`failed codes on ${name}`, () => {
    let opened: Opened[];
    let codes: FailedCodes;

    beforeEach(async () => {
      opened = [await open()];
      codes = opened[0]?.failedCodes as FailedCodes;
    });
    afterEach(async () => {
      for (const each of opened) await each.close();
    });
    const again = async () => {
      const next = await openAgain();
      opened.push(next);
      return next.failedCodes;
    };
    const tries = async (by: FailedCodes, find: string, times: number, now = start) => {
      const allowed = [];
      for (let at = 0; at < times; at += 1) allowed.push(await by.tryRadio(find, now));
      return allowed;
    };

    it('[SEC-3] a code for the radio is looked at five times and never again while it could live, also after a restart or on another node', async () => {
      expect(await codes.isUntried('7K3M', start)).toBe(true);
      expect(await tries(codes, '7K3M', 3)).toEqual([true, true, true]);
      const other = await again();
      expect(await tries(other, '7K3M', 3)).toEqual([true, true, false]);
      expect(await codes.tryRadio('7K3M', start + 10 * minute - 1)).toBe(false);
      expect(await codes.isUntried('7K3M', start)).toBe(false);
      expect(await tries(codes, '7K3N', 1)).toEqual([true]);
    });

    it('[SEC-3] tries at the same moment count, whoever wins', async () => {
      const other = await again();
      const allowed = await Promise.all(
        Array.from({ length: 50 }, (_, at) => (at % 2 === 0 ? codes : other).tryRadio('7K3M', start)),
      );
      expect(allowed.filter(Boolean)).toHaveLength(5);
    });

    it('[SEC-3] four characters can be given out anew ten minutes after their fifth try, however often they were tried since', async () => {
      await tries(codes, '7K3M', 5);
      await tries(codes, '7K3M', 3, start + 9 * minute);
      expect(await codes.isUntried('7K3M', start + 10 * minute - 1)).toBe(false);
      expect(await codes.isUntried('7K3M', start + 10 * minute)).toBe(true);
      expect(await tries(codes, '7K3M', 6, start + 10 * minute)).toEqual([true, true, true, true, true, false]);
    });

    it('[SEC-3] misses of a long code are counted across restarts and nodes, and come back one in two minutes', async () => {
      for (let at = 0; at < 4; at += 1) await codes.failed('a', 'long', start);
      const other = await again();
      expect(await other.wait('a', start)).toBe(0);
      await other.failed('a', 'long', start);
      expect(await codes.wait('a', start)).toBe(120);
      expect(await codes.wait('b', start)).toBe(0);
      expect(await codes.wait('a', start + 2 * minute)).toBe(0);
      await codes.failed('a', 'long', start + 2 * minute);
      expect(await other.wait('a', start + 2 * minute)).toBe(120);
      // a clock set back
      expect(await other.wait('a', start)).toBe(120);
    });

    it('[SEC-4] misses are counted in all too: another code for each does not help', async () => {
      for (let at = 0; at < 200; at += 1) await codes.failed(`code ${String(at)}`, 'long', start);
      expect(await codes.waitForAny('long', start)).toBe(1);
      expect(await (await again()).waitForAny('long', start)).toBe(1);
      expect(await codes.waitForAny('long', start + 1000)).toBe(0);
    });

    it('[LIMITS] misses of codes for the radio are counted in all by themselves: they make nobody wait who has a link', async () => {
      for (let at = 0; at < 200; at += 1) await codes.failed('radio', 'radio', start);
      expect(await codes.waitForAny('radio', start)).toBe(1);
      expect(await codes.waitForAny('long', start)).toBe(0);
      expect(await codes.wait('radio', start)).toBe(0);
    });

    it('[SEC-3] a try that could not be looked at is given back, once, and brings nothing else back', async () => {
      await tries(codes, '7K3M', 4);
      await codes.giveBackTry('7K3M', start);
      expect(await tries(codes, '7K3M', 4)).toEqual([true, true, false, false]);
      await codes.giveBackTry('7K3M', start);
      expect(await tries(codes, '7K3M', 2)).toEqual([true, false]);
      await codes.giveBackTry('7K3N', start);
      await codes.giveBackTry('7K3M', start + 10 * minute);
      expect(await codes.isUntried('7K3N', start)).toBe(true);
      expect(await codes.isUntried('7K3M', start + 10 * minute)).toBe(true);
    });
  });
}
