import { describe, expect, it } from 'vitest';
import {
  planMinutes,
  sinceActivation,
  sinceActivationSpoken,
  spanWords,
  targetClock,
  windowWords,
} from '../../../src/domain/incident/time-span.ts';
import type { Instant } from '../../../src/domain/ids.ts';
import { minute } from '../../../src/domain/time.ts';

const t0 = '2026-11-23T06:00:00.000Z' as Instant;
const after = (minutes: number) => Date.parse(t0) + minutes * minute;

describe('lengths of time', () => {
  it('[TIME] are said in the two greatest units, without a sign', () => {
    expect(spanWords(25 * minute)).toBe('25 min');
    expect(spanWords(-130 * minute)).toBe('2 h 10 min');
    expect(spanWords(120 * minute)).toBe('2 h');
    expect(spanWords((24 * 60 + 61) * minute)).toBe('1 day 1 h');
    expect(spanWords(72 * 60 * minute)).toBe('3 days');
  });

  it('[TIME] count from activation as T+, before it as T−', () => {
    expect(sinceActivation(t0, after(492))).toBe('T+ 08:12');
    expect(sinceActivation(t0, after(0))).toBe('T+ 00:00');
    expect(sinceActivation(t0, after(0) - 1)).toBe('T+ 00:00');
    expect(sinceActivation(t0, after(-10))).toBe('T− 00:10');
    expect(sinceActivation(t0, after(6000))).toBe('T+ 100:00');
    expect(sinceActivationSpoken(t0, after(61))).toBe('1 hour 1 minute since activation');
    expect(sinceActivationSpoken(t0, after(-2))).toBe('0 hours 2 minutes until activation');
  });

  it('[TIME] write targets and windows as plans do', () => {
    expect(planMinutes(45)).toBe('45 min');
    expect(planMinutes(240)).toBe('4 h');
    expect(planMinutes(270)).toBe('4:30 h');
    expect(targetClock(-95)).toBe('−1:35');
    expect(targetClock(10)).toBe('0:10');
    expect(targetClock(2820)).toBe('47:00');
    expect(windowWords(240, 720)).toBe('4-12 h');
    expect(windowWords(0, 45)).toBe('0 min to 45 min');
  });
});
