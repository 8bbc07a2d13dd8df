import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/domain/json.ts';
import { checkValue, isReadable } from '../../../src/domain/sync/check-value.ts';
import { planVersion, taskProgress } from '../../support/sample-plan.ts';

const at = '2026-11-23T12:00:00.000Z';
const version = planVersion().value as JsonObject;

describe('what screens may rely on', () => {
  it.each([
    ['task', 'i/IT-01', { ...taskProgress('done'), startedAt: at, endedAt: at }],
    ['step', 'i/IT-01/1', { done: true, at, by: null }],
    ['impact', 'i/shop', { impact: 'down', estimate: null, at, by: null }],
    ['grant', 'ana', { access: 'vendor', roles: ['hoster'] }],
  ] as const)(
    '[REC-3] a %s is read with unknown fields, and not with any of its own missing or of another type',
    (...each) => {
      const [kind, key, value] = each as readonly ['task', string, JsonObject];
      expect(isReadable(kind, { ...value, newer: { in: 2 } })).toBe(true);
      expect(isReadable(kind, null)).toBe(true);
      for (const other of ['x', 7, true, []] as readonly Json[]) expect(isReadable(kind, other)).toBe(false);
      for (const field of Object.keys(value)) {
        const { [field]: _, ...without } = value;
        for (const bad of [without, { ...value, [field]: 7 }, { ...value, [field]: {} }]) {
          expect(checkValue(kind, key, bad), JSON.stringify(bad)).not.toEqual([]);
          expect(isReadable(kind, bad), JSON.stringify(bad)).toBe(false);
        }
      }
    },
  );

  it('[REC-3] a plan version is read by its frame', () => {
    expect(isReadable('plan-version', version)).toBe(true);
    for (const bad of [{}, { ...version, number: 'x' }, { ...version, items: [{}] }, { ...version, items: {} }])
      expect(isReadable('plan-version', bad)).toBe(false);
  });
});
