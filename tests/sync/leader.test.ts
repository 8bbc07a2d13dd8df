import { describe, expect, it } from 'vitest';
import { aborted } from '../../src/sync/abort.ts';
import { createLeader } from '../../src/sync/leader.ts';
import { FakeLocks } from './support/fake-locks.ts';

const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Work that notes when it begins and ends, and lasts until its term is over. */
function noting(notes: string[], name: string) {
  return async (signal: AbortSignal) => {
    notes.push(`${name} begins`);
    await aborted(signal);
    notes.push(`${name} ends`);
  };
}

describe('createLeader', () => {
  it('[REL-20] lets one lead, and the next as soon as the first has ended', async () => {
    const leader = createLeader(new FakeLocks().manager());
    const notes: string[] = [];
    const first = new AbortController();
    const second = new AbortController();
    const terms = [
      leader.lead(noting(notes, 'first'), first.signal),
      leader.lead(noting(notes, 'second'), second.signal),
    ];
    await soon();
    expect(notes).toEqual(['first begins']);
    first.abort();
    await soon();
    expect(notes).toEqual(['first begins', 'first ends', 'second begins']);
    second.abort();
    await Promise.all(terms);
  });

  it('[REL-20] gives up waiting when asked, and never works then', async () => {
    const locks = new FakeLocks();
    const leader = createLeader(locks.manager());
    const notes: string[] = [];
    const first = new AbortController();
    const second = new AbortController();
    const leading = leader.lead(noting(notes, 'first'), first.signal);
    const waiting = leader.lead(noting(notes, 'second'), second.signal);
    await soon();
    second.abort();
    await waiting;
    expect(locks.waiting()).toBe(0);
    first.abort();
    await leading;
    expect(notes).toEqual(['first begins', 'first ends']);
  });

  it('[REL-20] takes over from a leader that does not answer, and that one stops', async () => {
    const leader = createLeader(new FakeLocks().manager());
    const notes: string[] = [];
    const end = new AbortController();
    const frozen = leader.lead(noting(notes, 'frozen'), end.signal);
    await soon();
    const fresh = leader.takeOver(noting(notes, 'fresh'), end.signal);
    await frozen;
    expect(notes).toContain('frozen ends');
    expect(notes).not.toContain('fresh ends');
    end.abort();
    await fresh;
  });

  it('[REL-20] says whether somebody leads already', async () => {
    const leader = createLeader(new FakeLocks().manager());
    const end = new AbortController();
    const notes: string[] = [];
    const leading = leader.lead(noting(notes, 'tab'), end.signal);
    await soon();
    expect(await leader.leadIfFree(noting(notes, 'worker'), end.signal)).toBe(false);
    end.abort();
    await leading;
    const quick = () => Promise.resolve();
    expect(await leader.leadIfFree(quick, new AbortController().signal)).toBe(true);
    expect(notes).toEqual(['tab begins', 'tab ends']);
  });

  it('[REL-20] frees the lock and passes on a failure that is a bug', async () => {
    const locks = new FakeLocks();
    const leader = createLeader(locks.manager());
    const broken = () => Promise.reject(new Error('a bug'));
    await expect(leader.lead(broken, new AbortController().signal)).rejects.toThrow('a bug');
    expect(locks.isHeld()).toBe(false);
  });

  it('[REL-20] lets everybody lead where the browser has no Web Locks', async () => {
    const leader = createLeader(null);
    const end = new AbortController();
    const notes: string[] = [];
    const terms = [leader.lead(noting(notes, 'one'), end.signal), leader.lead(noting(notes, 'two'), end.signal)];
    await soon();
    expect(notes).toEqual(['one begins', 'two begins']);
    end.abort();
    await Promise.all(terms);
  });
});
