import type { ServerApi } from '../domain/ports/server-api.ts';
import { nothingKnown, type Sync } from '../domain/ports/sync-status.ts';
import { err } from '../domain/result.ts';

const noAnswer = () => Promise.resolve(err({ tag: 'no-answer' } as const));

/** The sync of "Look around": there is none. */
export const stillSync: Sync = {
  status: { get: () => nothingKnown, subscribe: () => () => undefined },
  nudge: () => undefined,
  join: noAnswer,
};

export const unreachableServer: ServerApi = {
  invite: noAnswer,
  joinCode: noAnswer,
  invites: noAnswer,
  withdraw: noAnswer,
  devices: noAnswer,
  revoke: noAnswer,
  approve: noAnswer,
  quarantine: noAnswer,
  reminders: noAnswer,
  remind: noAnswer,
  reminded: noAnswer,
  notices: noAnswer,
  takeNotices: noAnswer,
  endNotices: noAnswer,
  history: noAnswer,
};
