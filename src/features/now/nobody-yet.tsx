import type { RoleId } from '../../domain/ids.ts';
import { workersIn } from '../../domain/incident/workers-in.ts';
import { contactLink } from '../../domain/communication/contact-link.ts';
import { meansOf } from '../../parts/holder-ways.tsx';
import { nobodyOf } from '../../parts/holders-of.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { roleTitle } from '../../parts/role-badge.tsx';
import { useCurrentContacts } from '../../parts/use-current-contacts.ts';
import { useGrantedRoles } from '../../parts/use-grants.ts';
import { WayToReach } from '../../parts/way-to-reach.tsx';

/** Of the roles that this person's task waits for, those in which nobody works, with whom to call: the plan's first holder. */
export function NobodyYet({ view, roles }: { readonly view: IncidentView; readonly roles: readonly RoleId[] }) {
  const { people, me } = view;
  const { plan } = useCurrentContacts(view.plan, view.version);
  const granted = useGrantedRoles();
  // a vendor is not told who works in the roles of others
  if (me.access === 'vendor') return null;
  const unstaffed = roles.filter((role) => workersIn(plan, role, granted, view.assignments).length === 0);
  return unstaffed.map((role) => {
    const first = plan.roleById.get(role)?.holders[0];
    const means = first === undefined ? [] : meansOf(plan, people, first);
    const call = means.find(({ type, value }) => contactLink(type, value) !== null);
    return (
      <div key={role}>
        <p>
          {nobodyOf(view)} works as {roleTitle(plan, role)} yet.
          {first === undefined ? '' : ` Call ${first.name}, who holds it in the plan.`}
        </p>
        {call === undefined ? null : <WayToReach means={call} />}
      </div>
    );
  });
}
