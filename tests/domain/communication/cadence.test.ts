import { describe, expect, it } from 'vitest';
import { nextUpdates } from '../../../src/domain/communication/cadence.ts';
import { minute } from '../../../src/domain/time.ts';

const startedAt = Date.parse('2026-11-23T10:00:00.000Z');
const now = (minutes: number) => startedAt + minutes * minute;

const customers = [
  { from: 60, to: 240, every: 60, audience: 'Customers', channel: 'Status page' },
  { from: 240, to: 720, every: 120, audience: 'Customers', channel: 'E-mail' },
];

describe('cadence', () => {
  it.each([
    [0, 60, null, 'Status page'],
    [48, 60, null, 'Status page'],
    [60, 60, null, 'Status page'],
    [61, 120, 60, 'Status page'],
    [180, 180, 120, 'Status page'],
    [181, 240, 180, 'E-mail'],
    [241, 360, 240, 'E-mail'],
    [600, 600, 480, 'E-mail'],
  ])('[CADENCE-1] at minute %i the next update is due at %i, after one at %s, by %s', (at, due, last, channel) => {
    const [update] = nextUpdates(customers, startedAt, now(at));
    expect(update).toMatchObject({
      audience: 'Customers',
      dueAt: now(due),
      lastDueAt: last === null ? null : now(last),
      channel,
    });
  });

  it('[CADENCE-2] the end of a window belongs to the next one, and after the last there is none', () => {
    expect(nextUpdates(customers, startedAt, now(601))).toEqual([]);
    expect(nextUpdates([], startedAt, now(1))).toEqual([]);
  });

  it('[CADENCE-3] at T0 itself the activation is the message', () => {
    const [update] = nextUpdates(
      [{ from: 0, to: 240, every: 30, audience: 'All', channel: 'Bridge' }],
      startedAt,
      now(0),
    );
    expect(update).toMatchObject({ dueAt: now(30), lastDueAt: null, every: 30 });
    const never = [{ from: 0, to: 30, every: 60, audience: 'All', channel: 'Bridge' }];
    expect(nextUpdates(never, startedAt, now(0))).toEqual([]);
  });

  it('[CADENCE-4] each audience has its own, the soonest first', () => {
    const both = [
      ...customers,
      { from: 0, to: 1440, every: 45, audience: 'Staff', channel: 'Text message' },
      { from: 0, to: 1440, every: 45, audience: 'Staff', channel: 'Chat' },
    ];
    expect(nextUpdates(both, startedAt, now(10)).map(({ audience, channel }) => [audience, channel])).toEqual([
      ['Staff', 'Text message, Chat'],
      ['Customers', 'Status page'],
    ]);
  });

  it('[CADENCE-5] seconds and a time before T0 change nothing', () => {
    expect(nextUpdates(customers, startedAt, now(60) + 59_999)[0]?.dueAt).toBe(now(60));
    expect(nextUpdates(customers, startedAt, now(-500))[0]).toMatchObject({ dueAt: now(60), lastDueAt: null });
  });
});
