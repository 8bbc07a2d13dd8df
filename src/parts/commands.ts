import type { PersonId, RoleId } from '../domain/ids.ts';
import type { IncidentView } from './incident.tsx';

/** Whether this person has coordinator rights in the incident; taken roles give none. The server enforces it. */
export function commands({ me, plan }: IncidentView): boolean {
  if (me.access === 'coordinator') return true;
  const role = plan.header?.commandingRole;
  return me.access !== 'observer' && role !== undefined && me.roles.includes(role);
}

/** Whether this person may sign recovery off, or put down that it was signed off. */
export function maySignOff(view: IncidentView): boolean {
  const role = view.plan.header?.recoverySignOff;
  return commands(view) || (view.me.access !== 'observer' && role !== undefined && view.me.roles.includes(role));
}

/**
 * Whether this person may write the assignment of `person` to `role` (protocol.md, Access levels): coordinators and who commands
 * anyone, a responder themself, a vendor themself in its own roles. The server decides.
 */
export function mayAssign(view: IncidentView, role: RoleId, person: PersonId): boolean {
  const { me } = view;
  if (commands(view)) return true;
  return person === me.person && (me.access === 'responder' || (me.access === 'vendor' && me.roles.includes(role)));
}
