import type { Refusal } from '../domain/sync/protocol.ts';
import { unreachable } from '../domain/result.ts';

/** Why the server did not take a change, and what to do about it. */
export function refusalWords({ code }: Refusal): string {
  switch (code) {
    case 'forbidden':
      return 'Your access did not allow it. Ask a coordinator to make the change, or to give you the role.';
    case 'immutable':
      return 'What it changes was written once and for all. Write a new entry instead.';
    case 'stale':
      return 'Somebody changed it meanwhile. Look at it as it is now, and make the change again.';
    case 'too-large':
      return 'It is too long for the server. Shorten it and save it again.';
    case 'unknown-kind':
    case 'unsupported':
      return 'The server is older than this app. It is kept here; ask whoever runs the server to update it.';
    case 'invalid':
      return 'The server could not read it. Report it again; if that fails too, tell a coordinator.';
    case 'id-reused':
    case 'sequence-reused':
      return 'The server holds another change under the same number. Report it again.';
    default:
      return unreachable(code);
  }
}
