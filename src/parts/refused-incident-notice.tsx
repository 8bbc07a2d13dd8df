import { Banner } from '../ui/banner.tsx';
import type { IncidentView } from './incident.tsx';
import { useDeviceWord } from './use-device-word.ts';

/** On every screen of an incident that the server refused: whoever works in it works alone. The sync line leads to the reason. */
export function RefusedIncidentNotice({ view }: { readonly view: IncidentView }) {
  const place = useDeviceWord();
  return (
    <Banner tone="late" icon="warning" title={`The server did not accept this ${view.incident.mode}.`}>
      It is on this {place} only. Show it to a coordinator.
    </Banner>
  );
}
