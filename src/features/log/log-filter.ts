import type { LogEntry, LogType } from '../../domain/incident/incident.ts';
import type { RoleId, TaskCode } from '../../domain/ids.ts';
import type { Shown } from '../../domain/ports/records.ts';

export type LogFilter = { readonly type: LogType | 'all'; readonly role: RoleId | ''; readonly task: TaskCode | '' };

export const everything: LogFilter = { type: 'all', role: '', task: '' };

export type ShownEntry = Shown<'log'> & { readonly value: LogEntry };

/** The latest event first; of the same time, the latest typed. */
export function inEventOrder(shown: readonly Shown<'log'>[]): readonly ShownEntry[] {
  return shown
    .filter((each): each is ShownEntry => each.value !== null)
    .sort((a, b) => (a.value.at === b.value.at ? (a.key < b.key ? 1 : -1) : a.value.at < b.value.at ? 1 : -1));
}

export function passes(entry: LogEntry, { type, role, task }: LogFilter): boolean {
  return (
    (type === 'all' || entry.type === type) &&
    (role === '' || entry.role === role) &&
    (task === '' || entry.task === task)
  );
}
