import type { Draft, Shown } from '../../../src/domain/ports/records.ts';
import type { Kind } from '../../../src/domain/sync/kinds.ts';
import type { TaskStatus } from '../../../src/domain/incident/incident.ts';
import { noon } from './phone-parts.ts';
import { instant } from '../../../src/domain/time.ts';
import type { TaskCode } from '../../../src/domain/ids.ts';

export const incident = '00112233445566aa';

type Seen = Pick<Shown<Kind>, 'change' | 'stamp'> | null;

export function taskDraft(
  code: string,
  status: TaskStatus,
  shown: Seen = null,
  reason: string | null = null,
): Draft<'task'> {
  const value = { status, reason, startedAt: null, endedAt: null, by: null };
  return {
    kind: 'task',
    key: `${incident}/${code}`,
    value,
    shown: shown === null ? null : { change: shown.change, stamp: shown.stamp },
  };
}

export function logDraft(id: string, text: string, task: string | null = null, at = noon): Draft<'log'> {
  const fields = { type: 'note', role: null, by: null, transcribedBy: null, medium: null } as const;
  return {
    kind: 'log',
    key: `${incident}/${id}`,
    value: { ...fields, at: instant(at), text, task: task as TaskCode | null },
    shown: null,
  };
}
