import type { Invitation, Invite, ServerApi, ServerFault } from '../../domain/ports/server-api.ts';
import type { Checked } from './check-invites.ts';

export type Good = Extract<Checked, { readonly tag: 'good' }>;

/** One invite of several, and how far it is. */
export type Making = {
  readonly who: Good;
  /** The same each time it is tried, so that a lost reply leaves one code alive. */
  readonly request: string;
  readonly state:
    | { readonly tag: 'waiting' }
    | { readonly tag: 'made'; readonly invite: Invite }
    | { readonly tag: 'failed'; readonly fault: ServerFault };
};

/**
 * Makes those that are not made yet, one after another. Where the server gives no answer it stops: what waits, waits. `onMade` hears of
 * each; `signal` ends it between two.
 */
export async function makeInvites(
  server: Pick<ServerApi, 'invite'>,
  all: readonly Making[],
  expiresInDays: number,
  onDone: (request: string, state: Making['state']) => void,
  signal: AbortSignal,
): Promise<void> {
  for (const { who, request, state } of all) {
    if (state.tag === 'made') continue;
    if (signal.aborted) return;
    const { person, name, access, roles } = who;
    const asked: Invitation = { person: person === null ? { name } : { id: person }, access, roles, request };
    const made = await server.invite({ ...asked, expiresInDays });
    onDone(request, made.ok ? { tag: 'made', invite: made.value } : { tag: 'failed', fault: made.error });
    if (!made.ok && made.error.tag === 'no-answer') return;
  }
}
