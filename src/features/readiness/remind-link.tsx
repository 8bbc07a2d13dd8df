import { openPoints } from '../../domain/readiness/reminder.ts';
import { ButtonLink } from '../../ui/button.tsx';
import type { ReadinessView } from './readiness-page.tsx';

/** To reminding everybody who is not ready, or why that can't be done here. */
export function RemindLink({ view }: { readonly view: ReadinessView }) {
  const { known, fault } = view.reminders;
  if (known === undefined)
    return fault === null ? null : <p>Reminders are sent by the server, once it can be asked.</p>;
  if (known.ways.length === 0)
    return (
      <p>No “Remind” here: this server has no way to send one. Whoever runs it can set up mail or notifications.</p>
    );
  const isOpen = view.people.some((person) => person.person !== view.me.person && openPoints(person).length > 0);
  return isOpen ? (
    <ButtonLink href="/readiness/remind" icon="communications">
      Remind who is not ready
    </ButtonLink>
  ) : null;
}
