import type { LogType, TaskStatus, Severity, IncidentMode, ImpactState } from './incident.ts';

/** One word each, the same in lists, timeline, print and exports (look.md 2). */
export const statusWords: Readonly<Record<TaskStatus, string>> = {
  'not-started': 'not started',
  'in-progress': 'in progress',
  blocked: 'blocked',
  done: 'done',
  'not-applicable': 'not applicable',
};

export const logTypeWords: Readonly<Record<LogType, string>> = {
  status: 'Status',
  note: 'Note',
  decision: 'Decision',
  message: 'Message',
  handover: 'Role change',
};

export const severityWords: Readonly<Record<Severity, string>> = { minor: 'Minor', major: 'Major', severe: 'Severe' };

export const modeWords: Readonly<Record<IncidentMode, string>> = { incident: 'Incident', exercise: 'Exercise' };

export const impactWords: Readonly<Record<ImpactState, string>> = {
  down: 'down',
  degraded: 'degraded',
  workaround: 'workaround',
  restored: 'restored',
};

/** How a report reached the one who typed it. */
export const mediumWords: Readonly<Record<string, string>> = {
  app: 'in the app',
  paper: 'on paper',
  radio: 'by radio',
  phone: 'by phone',
};
