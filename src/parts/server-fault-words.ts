import type { ServerFault } from '../domain/ports/server-api.ts';

/** Why the server did not do something: what happened, what was kept, what to do. */
export function serverFaultWords(fault: ServerFault): string {
  if (fault.tag === 'no-answer')
    return 'The server did not answer, and nothing was changed. Try again when you are connected.';
  switch (fault.status) {
    case 401:
      return 'The server does not know this device any more. Ask another coordinator for a new code.';
    case 403:
      if (fault.code === 'approval-needed')
        return 'The server did not hear from this device for over 400 days: a coordinator has to approve it again. Everything stays here.';
      return 'The server allows this to coordinators only. Nothing was changed.';
    case 404:
      return 'The server no longer knows this. It may have been removed meanwhile; look at the list again.';
    case 409:
      return 'It was used already, so nothing was changed. Look at the list again.';
    case 429:
      return 'The server was asked too often. Wait a minute, then try again.';
    default:
      return `The server could not do it (${fault.code}). Nothing was changed; try again in a while.`;
  }
}
