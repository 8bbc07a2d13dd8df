import type { LogEntry } from '../domain/incident/incident.ts';
import type { IncidentId } from '../domain/ids.ts';
import type { Draft } from '../domain/ports/records.ts';
import type { Randomness } from '../domain/ports/sync-store.ts';
import { recordKey } from '../domain/sync/kinds.ts';
import { uuid7, uuid7Bytes } from '../domain/sync/uuid7.ts';
import { instant, type Millis } from '../domain/time.ts';

/** What a log entry says, without what the app adds; fields left out are null. */
export type LogWords = Pick<LogEntry, 'type' | 'text' | 'at' | 'by'> &
  Partial<Pick<LogEntry, 'task' | 'role' | 'transcribedBy' | 'medium' | 'from' | 'to' | 'reason'>>;

/** A write-once log record with a new id that sorts by entry time (`enteredAt`). */
export function newLogEntry(incident: IncidentId, words: LogWords, now: Millis, random: Randomness): Draft<'log'> {
  const value: LogEntry = {
    task: null,
    role: null,
    transcribedBy: null,
    medium: 'app',
    ...words,
    enteredAt: instant(now),
  };
  return { kind: 'log', key: recordKey(incident, uuid7(now, random.bytes(uuid7Bytes))), value, shown: null };
}
