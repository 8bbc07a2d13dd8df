import { isKind } from '../../domain/sync/kinds.ts';
import type { RefusedChange } from '../../domain/ports/records.ts';
import { unreachable } from '../../domain/result.ts';
import type { LogEntry, TaskProgress } from '../../domain/incident/incident.ts';
import type { IncidentId, TaskCode } from '../../domain/ids.ts';
import type { IncidentView } from '../../parts/incident.tsx';

/** How a refused change is put right: its form with its content, or the screen where it is made. */
export type Correction =
  | { readonly way: 'report'; readonly code: TaskCode; readonly value: TaskProgress }
  | { readonly way: 'log'; readonly value: LogEntry }
  | { readonly way: 'go'; readonly href: string; readonly label: string }
  /** An incident of its own, which is not always the one on the screen. */
  | { readonly way: 'incident'; readonly id: IncidentId };

/** Null where nothing on this device makes such a change. `view` is the open incident, if there is one; `known` are all that can be opened. */
export function correctionOf(
  { kind, key, value }: RefusedChange,
  view: IncidentView | null,
  known: readonly { readonly id: IncidentId }[],
): Correction | null {
  if (!isKind(kind)) return null;
  const [first = '', second = '', third = ''] = key.split('/');
  const isOpen = view !== null && view.id === first;
  const go = (href: string, label: string): Correction => ({ way: 'go', href, label });
  switch (kind) {
    case 'task': {
      const code = second as TaskCode;
      if (!isOpen) return null;
      return value !== null && view.plan.taskByCode.has(code)
        ? { way: 'report', code, value: value as unknown as TaskProgress }
        : go(`/checklist/${second}`, `Open ${second}`);
    }
    case 'log':
      return isOpen && value !== null ? { way: 'log', value: value as unknown as LogEntry } : null;
    case 'step':
    case 'extra-task':
      return isOpen ? go(`/checklist/${second}`, `Open ${second}`) : null;
    case 'impact':
    case 'availability':
      return isOpen ? go('/now', 'Open Now') : null;
    case 'assignment':
      return isOpen ? go(`/people/role/${second}`, 'Open the role') : null;
    case 'incident': {
      const id = known.find((each) => each.id === first)?.id;
      return id === undefined ? null : { way: 'incident', id };
    }
    case 'person':
    case 'grant':
      return go(`/people/person/${first}`, 'Open the person');
    case 'contact-test':
    case 'contact-result':
      return go('/people/contact-test', 'Open the contact test');
    case 'training':
      return go('/people/training', 'Open Training');
    case 'plan-item':
      return go(`/draft/${second}/${third}`, 'Open the draft');
    case 'plan-version':
      return go('/draft', 'Open the draft');
    case 'conflict':
      return go('/conflicts', 'Open it');
    case 'message':
      return go('/communications', 'Open Communications');
    case 'resource':
      return go('/resources', 'Open Resources');
    case 'approval':
    case 'review':
    case 'device':
      return null;
    default:
      return unreachable(kind);
  }
}
