import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { Turns } from '../../sync-server/turns.ts';

const atOnce = 3;
const call = (turns: Turns) => {
  const response = new EventEmitter() as unknown as ServerResponse;
  return { turn: turns.of(response), goAway: () => response.emit('close') };
};
/** Begins `many` calls; `begun` has the places of those whose turn it is. */
const crowd = (many: number) => {
  const turns = new Turns(atOnce);
  const begun: number[] = [];
  const calls = Array.from({ length: many }, (_, place) => {
    const each = call(turns);
    void each.turn.begin().then((isTurn) => isTurn && begun.push(place));
    return each;
  });
  return { turns, begun, calls };
};
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('Turns', () => {
  it('[LIMITS] works on so many calls at once, and on the others in the order in which they came', async () => {
    const { begun, calls } = crowd(atOnce + 3);
    await settled();
    expect(begun).toEqual(Array.from({ length: atOnce }, (_, place) => place));
    calls[1]?.turn.end();
    calls[2]?.turn.end();
    await settled();
    expect(begun.slice(atOnce)).toEqual([atOnce, atOnce + 1]);
  });

  it('[LIMITS] gives the place of a caller that went away to the next, whether it had begun or waited', async () => {
    const { begun, calls } = crowd(atOnce + 3);
    calls[atOnce]?.goAway();
    calls[0]?.goAway();
    await settled();
    calls[1]?.goAway();
    await settled();
    expect(begun.slice(-2)).toEqual([atOnce + 1, atOnce + 2]);
  });

  it('[LIMITS] counts an end once, however often it is told, and lets nobody in before it', async () => {
    const { begun, calls } = crowd(atOnce + 3);
    calls[0]?.turn.end();
    calls[0]?.turn.end();
    calls[0]?.goAway();
    await settled();
    expect(begun).toHaveLength(atOnce + 1);
  });

  it('[LIMITS] has all its places again after everybody has gone', async () => {
    const { turns, calls } = crowd(atOnce * 3);
    for (const each of calls) each.goAway();
    await settled();
    let begun = 0;
    for (let each = 0; each < atOnce + 1; each += 1)
      void call(turns)
        .turn.begin()
        .then((isTurn) => (begun += Number(isTurn)));
    await settled();
    expect(begun).toBe(atOnce);
  });
});
