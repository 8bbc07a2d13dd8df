import { Banner } from '../ui/banner.tsx';
import { ButtonLink } from '../ui/button.tsx';
import type { IncidentView } from './incident.tsx';
import { useDeviceWord } from './use-device-word.ts';

/** On every screen of an incident that the server refused: whoever works in it works alone. */
export function RefusedIncidentNotice({ view }: { readonly view: IncidentView }) {
  const place = useDeviceWord();
  return (
    <Banner
      tone="late"
      icon="warning"
      title={`The server did not accept this ${view.incident.mode}.`}
      action={
        <ButtonLink fit href="/refused">
          Why
        </ButtonLink>
      }
    >
      It is on this {place} only. Show it to a coordinator.
    </Banner>
  );
}
