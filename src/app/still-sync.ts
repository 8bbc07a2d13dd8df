import type { ServerApi } from '../domain/ports/server-api.ts';
import type { Sync, SyncStatus } from '../domain/ports/sync-status.ts';
import { err } from '../domain/result.ts';

const status: SyncStatus = {
  connection: 'alone',
  unsent: 0,
  refused: 0,
  carried: 0,
  lastSentAt: null,
  lastHeardAt: null,
  clockOffset: null,
  filling: null,
  fault: null,
};

const noAnswer = () => Promise.resolve(err({ tag: 'no-answer' } as const));

/** The sync of "Look around": there is none. */
export const stillSync: Sync = {
  status: { get: () => status, subscribe: () => () => undefined },
  nudge: () => undefined,
  join: noAnswer,
};

export const unreachableServer: ServerApi = {
  invite: noAnswer,
  devices: noAnswer,
  revoke: noAnswer,
  history: noAnswer,
};
