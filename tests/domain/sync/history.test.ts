import { describe, expect, it } from 'vitest';
import type { ChangeId, DeviceId, Instant, PersonId, Stamp } from '../../../src/domain/ids.ts';
import {
  ancestorsOf,
  compareChanges,
  overruledChanges,
  winnerOf,
  type HistoryLink,
} from '../../../src/domain/sync/ancestry.ts';
import { conflictWrites, type StandingConflict } from '../../../src/domain/sync/conflict-changes.ts';
import { chainStart, entryHash, valueDigest } from '../../../src/domain/sync/hash-chain.ts';
import { verifyEntry } from '../../support/verify-entry.ts';
import { canonicalJson } from '../../../src/domain/sync/canonical-json.ts';
import { base64url } from '../../../src/domain/sync/base64url.ts';
import type { JournalEntry } from '../../../src/domain/sync/protocol.ts';
import { momentAt, stampAt } from '../../../src/domain/sync/stamp.ts';
import { createHash } from 'node:crypto';

const id = (name: string) => name as ChangeId;
const deviceOf = (person: string | null) =>
  (person === null ? '0' : (person.codePointAt(0) ?? 0).toString(16)).padStart(16, '0') as DeviceId;

/** `X<time person base`: a history in words. */
function history(
  ...lines: readonly (readonly [string, number, string | null, string | null, boolean?])[]
): Map<ChangeId, HistoryLink> {
  return new Map(
    lines.map(([name, time, person, base, accepted = true], at) => [
      id(name),
      {
        id: id(name),
        base: base === null ? null : id(base),
        device: deviceOf(person),
        n: at + 1,
        person: person as PersonId | null,
        stamp: stampAt(momentAt(time), deviceOf(person)),
        accepted,
      },
    ]),
  );
}

describe('ancestry', () => {
  const chain = history(
    ['a', 1, 'ann', null],
    ['b', 2, 'bob', 'a'],
    ['c', 3, 'ann', 'b'],
    ['d', 4, 'dan', 'a'],
    ['e', 5, 'eve', 'missing'],
  );

  it('[ORDER] reaches through every base, ends at what the server lacks, and never loops', () => {
    expect([...ancestorsOf(chain, id('c'))]).toEqual(['b', 'a']);
    expect([...ancestorsOf(chain, id('e'))]).toEqual(['missing']);
    const loop = history(['a', 1, 'ann', 'b'], ['b', 2, 'bob', 'a']);
    expect([...ancestorsOf(loop, id('a'))]).toEqual(['b']);
  });

  it('[ORDER] greater stamp wins, then greater device, then greater n', () => {
    const stamp = (time: number, person: string): Stamp => stampAt(momentAt(time), deviceOf(person));
    expect(compareChanges({ stamp: stamp(2, 'a'), n: 1 }, { stamp: stamp(1, 'b'), n: 9 })).toBeGreaterThan(0);
    expect(compareChanges({ stamp: stamp(1, 'b'), n: 1 }, { stamp: stamp(1, 'a'), n: 9 })).toBeGreaterThan(0);
    expect(compareChanges({ stamp: stamp(1, 'a'), n: 2 }, { stamp: stamp(1, 'a'), n: 1 })).toBeGreaterThan(0);
    expect(winnerOf(chain)?.id).toBe('e');
    expect(winnerOf(new Map())).toBeNull();
  });

  const overruled = (links: Map<ChangeId, HistoryLink>) => overruledChanges(links).map((link) => link.id);

  it('[REL-23] of each overruled author the newest change that the winner was not built on', () => {
    expect(
      overruled(history(['a', 1, 'ann', null], ['b', 2, 'bob', null], ['a2', 3, 'ann', 'a'], ['c', 4, 'cem', null])),
    ).toEqual(['a2', 'b']);
    expect(overruled(history(['a', 1, 'ann', null], ['b', 2, 'bob', 'a']))).toEqual([]);
  });

  it('[REL-25] whose later change wins is not overruled, and neither is what the server wrote', () => {
    expect(overruled(history(['a', 1, 'ann', null], ['a2', 2, 'ann', null]))).toEqual([]);
    expect(overruled(history(['s', 1, null, null], ['a', 2, 'ann', null]))).toEqual([]);
  });

  it('[ORDER] a refused change decides nothing, but who built on it had seen what it was built on', () => {
    expect(overruled(history(['a', 1, 'ann', null], ['r', 2, 'bob', 'a', false], ['b', 3, 'bob', 'r']))).toEqual([]);
    expect(winnerOf(history(['a', 1, 'ann', null], ['r', 9, 'bob', 'a', false]))?.id).toBe('a');
  });
});

describe('conflict records', () => {
  const links = history(['a', 1, 'ann', null], ['b', 2, 'bob', null], ['c', 3, 'cem', null]);
  const standing = (...entries: readonly (readonly [string, StandingConflict])[]) =>
    new Map(entries.map(([name, stands]) => [id(name), stands]));

  it('[CONFLICT] are written once for each overruled author', () => {
    const writes = conflictWrites('task', links, standing());
    expect(writes).toEqual([
      { overruled: 'a', about: 'ann', value: { overruled: 'a', winner: 'c' } },
      { overruled: 'b', about: 'bob', value: { overruled: 'b', winner: 'c' } },
    ]);
    const stands = standing(['a', { decision: 'open', winner: 'c' }], ['b', { decision: 'open', winner: 'c' }]);
    expect(conflictWrites('task', links, stands)).toEqual([]);
  });

  it('[CONFLICT] an open one follows the winner and goes when it is no longer so, a decided one stays, a deleted one may come back', () => {
    const stands = standing(
      ['a', { decision: 'open', winner: 'b' }],
      ['b', { decision: 'kept', winner: 'a' }],
      ['c', { decision: 'open', winner: 'a' }],
    );
    expect(conflictWrites('task', links, stands)).toEqual([
      { overruled: 'a', about: 'ann', value: { overruled: 'a', winner: 'c' } },
      { overruled: 'c', about: 'cem', value: null },
    ]);
    expect(conflictWrites('task', links, standing(['a', null])).map((write) => write.overruled)).toEqual(['a', 'b']);
    const settled = history(['a', 1, 'ann', null], ['b', 2, 'bob', 'a']);
    expect(conflictWrites('task', settled, standing(['a', { decision: 'restored', winner: 'b' }]))).toEqual([]);
  });

  it('[CONFLICT] that the server took an open one back is no conflict itself', () => {
    const decided = history(['s', 1, null, null], ['d', 2, 'ann', 's'], ['t', 3, null, 's']);
    expect(conflictWrites('conflict', decided, standing())).toEqual([]);
    expect(conflictWrites('task', decided, standing())).toHaveLength(1);
  });
});

describe('hash chain', () => {
  const salt = Uint8Array.from({ length: 16 }, (_, at) => at);
  const value = { b: 'ü', a: [1, null] };
  const entry: Omit<JournalEntry, 'hash' | 'salt'> = {
    seq: 7,
    change: {
      id: id('01a20846-fe00-72f0-bd39-6070b0a9bf80'),
      n: 3,
      kind: 'task',
      key: 'i/T-1',
      value,
      base: null,
      seen: null,
      stamp: stampAt(momentAt(1), deviceOf('ann')),
      wall: '2026-11-23T12:00:00.000Z' as Instant,
      line: 1,
      v: 1,
    },
    stamp: stampAt(momentAt(2), deviceOf('ann')),
    outcome: 'applied',
    author: { person: 'ann' as PersonId, device: deviceOf('ann') },
    at: '2026-11-23T12:00:01.000Z' as Instant,
  };
  const start = chainStart('e_1');
  const hash = entryHash(start, entry, valueDigest(salt, canonicalJson(value)));

  it('[SEC-26] is SHA-256 of the previous hash and the canonical entry with the salted digest for its value', () => {
    const digest = createHash('sha256').update(salt).update('{"a":[1,null],"b":"ü"}').digest('base64url');
    const { seq, change, stamp, outcome, author, at } = entry;
    const text = canonicalJson({ seq, change: { ...change, value: digest }, stamp, outcome, author, at });
    expect(hash).toBe(
      createHash('sha256').update(createHash('sha256').update('e_1').digest()).update(text).digest('base64url'),
    );
  });

  it('[SEC-26] verifies an entry as shown, an erased one by its digest, and no changed one', () => {
    const shown: JournalEntry = { ...entry, hash, salt: base64url(salt) };
    expect(verifyEntry(start, shown)).toBe(true);
    const erased: JournalEntry = {
      ...shown,
      change: { ...entry.change, value: null },
      salt: '',
      erased: valueDigest(salt, canonicalJson(value)),
    };
    expect(verifyEntry(start, erased)).toBe(true);
    const forged: readonly JournalEntry[] = [
      { ...shown, seq: 8 },
      { ...shown, outcome: 'superseded' },
      { ...shown, change: { ...shown.change, value: null } },
      { ...shown, salt: base64url(salt.map((byte) => byte ^ 1)) },
      { ...shown, salt: '!' },
      { ...erased, erased: valueDigest(salt, 'null') },
    ];
    for (const each of forged) expect(verifyEntry(start, each)).toBe(false);
    expect(verifyEntry(hash, shown)).toBe(false);
  });
});
