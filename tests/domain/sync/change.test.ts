import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import { isKeyOf, mostBytes, readChange, valueBytes } from '../../../src/domain/sync/change.ts';
import { contentOf } from '../../../src/domain/sync/reconcile-facts.ts';
import { incidentValue, planVersion, samplePlan, taskProgress } from '../../support/sample-plan.ts';

const good: JsonObject = {
  id: '01a20846-fe00-72f0-bd39-6070b0a9bf80',
  n: 42,
  kind: 'task',
  key: 'i/IT-07',
  value: taskProgress('done'),
  base: null,
  seen: null,
  stamp: '2026-11-23T12:56:00.000Z-0000-3f9ac2d1b7e84c05',
  wall: '2026-11-23T12:56:00.000Z',
  line: 3,
  v: 1,
};
const reason = (raw: unknown) => readChange(raw).fault?.code ?? null;

describe('reading one change', () => {
  it('[PUSH] a good one is readable, unknown fields beside it are ignored, unknown fields in its value are kept', () => {
    const value = { ...taskProgress('done'), later: { x: [1] } };
    const read = readChange({ ...good, value, given: good.stamp, extra: 1 });
    expect(read).toMatchObject({ tag: 'readable', change: { ...good, value }, given: good.stamp, fault: null });
    expect(read.tag === 'readable' && Object.keys(read.change)).toEqual(
      Object.keys({ ...good }).sort((a, b) => order.indexOf(a) - order.indexOf(b)),
    );
  });

  const order = ['id', 'n', 'kind', 'key', 'value', 'base', 'seen', 'stamp', 'wall', 'line', 'v'];

  it.each([
    ['id', ['x', 7, null, '01a20846-fe00-42f0-bd39-6070b0a9bf80', (good.id as string).toUpperCase()]],
    ['n', [0, -1, 1.5, '7', null, 2 ** 60]],
    ['kind', ['', 'Task', 7, 'a/b', 'x'.repeat(65)]],
    ['key', ['', 'i', 'i/', '/IT-07', 'i/IT-07/1', 'i/IT 07', `i/${'x'.repeat(65)}`, 'i/..', 'i/__proto__', 7]],
    ['stamp', ['', 7, '2026-11-23T12:56:00.000Z-0000-xyz']],
    ['wall', ['2026-11-23', '2026-11-23T12:56:00Z', '1969-12-31T23:59:59.999Z', 7]],
    ['line', [-1, 1.5, '3', null]],
    ['base', ['', 7, undefined, 'x']],
    ['seen', ['', 7, undefined, '2026']],
  ])('[PUSH] an unreadable %s is invalid', (field, values) => {
    for (const value of values) expect(reason({ ...good, [field]: value })).toBe('invalid');
    expect(readChange({ ...good, [field]: values[0] }).tag).toBe('unreadable');
  });

  it('[PUSH] what can be read of an unreadable change is kept: its id, device and n', () => {
    expect(readChange({ ...good, wall: 'x' })).toMatchObject({ id: good.id, device: '3f9ac2d1b7e84c05', n: 42 });
    expect(readChange('x')).toMatchObject({ tag: 'unreadable', id: null, device: null, n: null });
    expect(readChange([good])).toMatchObject({ tag: 'unreadable', id: null });
  });

  it('[PUSH] reasons of the value come in the order unknown-kind, unsupported, too-large, invalid', () => {
    const huge = { text: 'x'.repeat(70_000) };
    expect(reason({ ...good, kind: 'later-kind', v: 9, value: huge })).toBe('unknown-kind');
    expect(reason({ ...good, v: 2, value: huge })).toBe('unsupported');
    expect(reason({ ...good, v: '1' })).toBe('unsupported');
    expect(reason({ ...good, value: huge })).toBe('too-large');
    expect(reason({ ...good, value: { status: 'almost' } })).toBe('invalid');
    expect(reason({ ...good, value: undefined })).toBe('invalid');
    expect(reason({ ...good, value: null })).toBeNull();
  });

  it('[LIMITS] bytes are UTF-8 bytes of the JSON text', () => {
    const fill = (length: number) => ({ ...taskProgress('done'), note: 'é'.repeat(length) });
    const empty = valueBytes(fill(0));
    const most = Math.floor((64 * 1024 - empty) / 2);
    expect(reason({ ...good, value: fill(most) })).toBeNull();
    expect(reason({ ...good, value: fill(most + 1) })).toBe('too-large');
    expect([mostBytes('task'), mostBytes('plan-version')]).toEqual([65_536, 6 * 1024 * 1024]);
  });

  it('[SEC-12] names that reach a prototype are refused at any depth, nesting without end too', () => {
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      const value = JSON.parse(
        `{"status":"done","reason":null,"startedAt":null,"endedAt":null,"by":null,"a":[{"${name}":1}]}`,
      ) as unknown;
      expect(reason({ ...good, value })).toBe('invalid');
    }
    const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) as unknown;
    expect(reason({ ...good, value: deep })).toBe('invalid');
  });

  it('[REL-16] a number without end is invalid at any depth, and a v that is no number is unsupported', () => {
    for (const value of ['1e999', '-1e999', '{"a":[{"b":1e999}]}'])
      expect(reason({ ...good, value: JSON.parse(value) as unknown })).toBe('invalid');
    const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) as unknown;
    for (const v of [deep, { a: 1 }, '1', true, Infinity]) {
      const read = readChange({ ...good, v });
      expect(read.fault?.code).toBe('unsupported');
      expect(() => read.tag === 'readable' && contentOf(read.change, read.valueText)).not.toThrow();
    }
  });

  it('[PUSH] anything that JSON can say is read without a throw', () => {
    const field = fc.constantFrom(...order, 'given');
    fc.assert(
      fc.property(fc.dictionary(field, fc.jsonValue()), fc.jsonValue(), (fields, other) => {
        expect(readChange({ ...good, ...fields }).tag).toMatch(/readable$/);
        expect(readChange(other).tag).toBe('unreadable');
      }),
      { numRuns: 500, seed: 20261123 },
    );
  });

  it('[IDS] keys of known kinds have their number of segments, of unknown kinds any', () => {
    expect(isKeyOf('incident', 'a')).toBe(true);
    expect(isKeyOf('incident', 'a/b')).toBe(false);
    expect(isKeyOf('later-kind', 'a/b/c/d')).toBe(true);
    expect(isKeyOf('step', 'i/IT-07/1')).toBe(true);
  });
});

describe('values that are more than their shape', () => {
  it('[IDS] a plan version stands under the hash of its items and withheld items', () => {
    const { hash, value } = planVersion();
    const change = { ...good, kind: 'plan-version', key: hash, value };
    expect(reason(change)).toBeNull();
    expect(reason({ ...change, key: 'a'.repeat(64) })).toBe('invalid');
    expect(reason({ ...change, value: { ...(value as JsonObject), items: samplePlan.slice(1) } })).toBe('invalid');
    expect(reason({ ...change, value: { ...(value as JsonObject), withheld: ['x'] } })).toBe('invalid');
  });

  it('[IDS] a plan version of items that no app could read is invalid, even under their hash', () => {
    const { hash, value } = planVersion([{ section: 'task', id: 'IT-01', salt: 'A'.repeat(22) }]);
    expect(reason({ ...good, kind: 'plan-version', key: hash, value })).toBe('invalid');
  });

  it('[IDS] an incident stands under the id of its plan, mode and code', () => {
    const { id, value } = incidentValue(planVersion().hash);
    expect(reason({ ...good, kind: 'incident', key: id, value })).toBeNull();
    expect(reason({ ...good, kind: 'incident', key: id, value: { ...value, code: 'bodugami' } })).toBe('invalid');
  });

  it('[IDS] an item of a draft stands under its section and id', () => {
    const [header = {}] = samplePlan;
    expect(reason({ ...good, kind: 'plan-item', key: 'shop/header/plan', value: header })).toBeNull();
    expect(reason({ ...good, kind: 'plan-item', key: 'shop/risk/plan', value: header })).toBe('invalid');
  });
});
