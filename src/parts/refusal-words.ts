import type { RefusedChange } from '../domain/ports/records.ts';
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

/** What a change is about, as a person would say it. */
export function changeWords({ kind, key, value }: Pick<RefusedChange, 'kind' | 'key' | 'value'>): string {
  const [, second = ''] = key.split('/');
  const fields = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  const text = (name: string) => {
    const field = (fields as Readonly<Record<string, unknown>>)[name];
    return typeof field === 'string' ? field : '';
  };
  switch (kind) {
    case 'task':
      return `Task ${second}: ${text('status').replaceAll('-', ' ')}`;
    case 'step':
      return `A step of task ${second}`;
    case 'extra-task':
      return `Added task ${second}: ${text('title')}`;
    case 'log':
      return `Log entry: ${text('text')}`;
    case 'assignment':
      return `Assignment to the role ${second}`;
    case 'incident':
      return `Incident: ${text('title')}`;
    case 'person':
      return `Contacts of ${text('name')}`;
    case 'plan-version':
      return 'A published plan version';
    default:
      return `${kind.replaceAll('-', ' ')} ${second}`;
  }
}
