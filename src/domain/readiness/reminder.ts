import type { Because, Check, ToDo } from './findings.ts';
import type { PersonReadiness } from './readiness.ts';

/** What a reminder may ask of a person, in the order of the board. Said to them by `reminderText`; nothing else is ever said. */
export const reminderPoints = [
  'join',
  'open',
  'plan',
  'card',
  'channel',
  'test',
  'install',
  'keep',
  'free',
  'set-clock',
  'send',
  'update',
] as const;
export type ReminderPoint = (typeof reminderPoints)[number];

/**
 * What the board finds open of a person that they can put right themselves, each point once and in the order of `reminderPoints`.
 * Empty for who is ready, and for whom only something is wrong that others have to do.
 */
export function openPoints({ findings }: Pick<PersonReadiness, 'findings'>): readonly ReminderPoint[] {
  const open = new Set(
    findings.flatMap(({ check, colour, because, todo }) =>
      todo === null || (colour !== 'red' && colour !== 'amber') ? [] : (pointOf(check, because, todo) ?? []),
    ),
  );
  return reminderPoints.filter((point) => open.has(point));
}

/** Null for what the coordinator has to do, not the person. */
function pointOf(check: Check, because: Because, todo: ToDo): ReminderPoint | null {
  switch (todo) {
    case 'invite':
      return 'join';
    case 'call':
      return 'open';
    case 'connect':
      // of a silent phone nothing else is known
      return check === 'plan' && because !== 'silent' ? 'plan' : 'open';
    case 'read':
      return 'card';
    case 'reach':
      return 'channel';
    case 'print':
      return null;
    default:
      return todo;
  }
}
