import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceValue } from '../../../src/domain/access/access.ts';
import type { PlanHash, RoleId } from '../../../src/domain/ids.ts';
import {
  readReport,
  reportDue,
  reportSpread,
  reportValue,
  type DeviceReport,
} from '../../../src/domain/readiness/device-report.ts';
import { day, hour, instant, millis } from '../../../src/domain/time.ts';
import { ago, goodReport, now } from '../../support/roster.ts';

const plan = 'c'.repeat(64) as PlanHash;
const report = goodReport(plan, ['it' as RoleId], new Map([['it' as RoleId, '0123456789abcdef']]), 'Bridge');

describe('a device record', () => {
  it('[READY-20] is of the shape that protocol.md fixed, and is read back as it was written', () => {
    const value = reportValue(report, null);
    expect(deviceValue.safeParse(value).success).toBe(true);
    expect(readReport(JSON.parse(JSON.stringify(value)))).toEqual(report);
  });

  it('[READY-21] keeps the fields of a newer app', () => {
    expect(reportValue(report, { batteryHealth: 80, name: 'Old name' })).toMatchObject({
      batteryHealth: 80,
      name: 'Phone',
    });
  });

  it('[READY-22] of an older app is read as far as it goes, and a part of another shape hides no other', () => {
    const old = {
      name: 'Phone',
      installed: true,
      persisted: null,
      plan: null,
      appVersion: '0.1.0',
      reportedAt: ago(0),
    };
    expect(readReport(old)).toMatchObject({ installed: true, selfTest: null, cards: [], queue: null, channel: null });
    const odd = {
      ...old,
      selfTest: 'yes',
      queue: -1,
      cards: [{ role: 'it' }, 7],
      channel: { at: 'today', of: 'x' },
      freeBytes: 5,
    };
    expect(readReport(odd)).toMatchObject({ selfTest: null, queue: null, cards: [], channel: null, free: 5 });
    for (const none of [null, undefined, 7, 'x', {}, []]) expect(readReport(none)).toBeNull();
  });
});

describe('when a phone reports', () => {
  const later = (more: Partial<DeviceReport>): DeviceReport => ({ ...report, at: instant(now + hour), ...more });

  it('[READY-23] at once when something changed that is acted on', () => {
    expect(reportDue(null, report)).toBe(true);
    const changes: readonly Partial<DeviceReport>[] = [
      { installed: false },
      { persisted: null },
      { plan: 'd'.repeat(64) as PlanHash },
      { app: '1.0.1' },
      { alerts: 'denied' },
      { selfTest: { at: ago(0), failed: ['app'] } },
      { cards: [] },
      { channel: null },
    ];
    for (const change of changes) expect(reportDue(report, later(change))).toBe(true);
  });

  it('[READY-24] once a day when only ages, clock, space or queue changed, however often it is asked', () => {
    const quiet = fc.record({
      queue: fc.option(fc.integer({ min: 1, max: 99 })),
      free: fc.option(fc.nat()),
      clockOffset: fc.option(fc.integer()),
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 120 }), quiet), { minLength: 50, maxLength: 200 }),
        (looks) => {
          let [before, at, reports] = [report, millis(report.at), 0];
          for (const [minutes, change] of looks) {
            at += minutes * 60_000;
            const next = { ...report, ...change, at: instant(at) };
            if (!reportDue(before, next)) continue;
            expect(millis(next.at) - millis(before.at)).toBeGreaterThanOrEqual(day);
            before = next;
            reports += 1;
          }
          expect(reports).toBeLessThanOrEqual(Math.ceil((at - millis(report.at)) / day));
        },
      ),
      { seed: 3, numRuns: 50 },
    );
  });

  it('[READY-24] and once all is sent that was told to wait', () => {
    const waited = { ...report, queue: 2 };
    expect(reportDue(waited, { ...report, queue: 0 })).toBe(true);
    expect(reportDue(waited, { ...report, queue: 1 })).toBe(false);
  });

  it('[READY-25] also after a clock that ran ahead was put right', () => {
    expect(reportDue({ ...report, at: instant(now + 90 * day) }, report)).toBe(true);
  });

  it('[READY-26] the phones of a workspace never make more than about 300 looks a second, whatever their number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), (phones) => {
        const looksPerSecond = (phones * phones * 1_000) / reportSpread(phones);
        expect(looksPerSecond).toBeLessThanOrEqual(300);
      }),
      { seed: 5 },
    );
    expect(reportSpread(10)).toBe(15_000);
  });
});
