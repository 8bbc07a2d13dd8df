import { counted } from '../../parts/amount-words.ts';
import { useIncidents } from '../../parts/incident.tsx';
import { useDeviceWord } from '../../parts/use-device-word.ts';
import { useSyncStatus } from '../../parts/use-sync-status.ts';
import { Banner } from '../../ui/banner.tsx';
import { ButtonLink } from '../../ui/button.tsx';

/** What this device brought and the server did not take: each incident by its name and whom to show it to, the rest by number. */
export function NotAccepted() {
  const { known } = useIncidents();
  const { refused } = useSyncStatus();
  const place = useDeviceWord();
  const incidents = known.filter((each) => each.refused);
  if (refused === 0) return null;
  return (
    <Banner
      tone="late"
      icon="warning"
      title={
        incidents.length === 0
          ? `The server did not accept ${counted(refused, 'change')}.`
          : `Not accepted: ${incidents.map(({ incident }) => `“${incident.title}”`).join(', ')}.`
      }
      action={
        <ButtonLink fit href="/refused">
          What and why
        </ButtonLink>
      }
    >
      {incidents.length === 0 ? (
        `It is kept on this ${place}.`
      ) : (
        <>
          <p>
            Your access does not allow you to start an incident. It stays open on this {place}, also under “Other
            incidents” on More, and nobody else sees it.
          </p>
          <p>
            Show it to a coordinator now. Either they give you a role that may start it, and you press “Try again”; or
            they activate the same version of the plan with the code{' '}
            {incidents.map(({ incident }) => incident.code).join(', ')}.
          </p>
        </>
      )}
    </Banner>
  );
}
