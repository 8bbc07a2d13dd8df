import { describe, expect, it } from 'vitest';
import type { Invitation, Invite, ServerFault } from '../../../src/domain/ports/server-api.ts';
import { err, ok, type Result } from '../../../src/domain/result.ts';
import { makeInvites, type Making } from '../../../src/features/people/make-invites.ts';

const waiting = (name: string): Making => ({
  who: { tag: 'good', name, person: null, access: 'responder', roles: [], note: null },
  request: `r-${name}`,
  state: { tag: 'waiting' },
});

/** A server that answers in turn. */
function answering(...answers: readonly Result<Invite, ServerFault>[]) {
  const asked: Invitation[] = [];
  const invite = async (request: Invitation) => {
    asked.push(request);
    return answers[asked.length - 1] ?? err({ tag: 'no-answer' } as const);
  };
  return { asked, invite };
}
const invited = (id: string) => ok({ id, code: id, url: id, person: id, expiresAt: id } as unknown as Invite);

async function run(
  server: ReturnType<typeof answering>,
  all: readonly Making[],
  signal = new AbortController().signal,
) {
  const states = new Map<string, string>();
  await makeInvites(server, all, 7, (request, { tag }) => states.set(request, tag), signal);
  return states;
}

describe('making several invites', () => {
  it('[INVITE-13] makes each once, and stops where the server gives no answer', async () => {
    const server = answering(invited('1'), err({ tag: 'no-answer' }));
    const states = await run(server, ['a', 'b', 'c'].map(waiting));
    expect([...states]).toEqual([
      ['r-a', 'made'],
      ['r-b', 'failed'],
    ]);
    expect(server.asked.map(({ request }) => request)).toEqual(['r-a', 'r-b']);
  });

  it('[INVITE-13] tries again only what was not made, as the same wish, and goes on after a refusal', async () => {
    const refused = err({ tag: 'refused', status: 404, code: 'not-found', detail: '' } as const);
    const server = answering(refused, invited('3'));
    const made: Making = { ...waiting('a'), state: { tag: 'made', invite: {} as Invite } };
    const states = await run(server, [
      made,
      { ...waiting('b'), state: { tag: 'failed', fault: { tag: 'no-answer' } } },
      waiting('c'),
    ]);
    expect([...states]).toEqual([
      ['r-b', 'failed'],
      ['r-c', 'made'],
    ]);
    expect(server.asked.map(({ request }) => request)).toEqual(['r-b', 'r-c']);
  });

  it('[INVITE-13] ends between two when the screen is left', async () => {
    const life = new AbortController();
    life.abort();
    expect((await run(answering(invited('1')), [waiting('a')], life.signal)).size).toBe(0);
  });
});
