import { useMemo } from 'react';
import { refusedActs } from '../../domain/sync/refused-acts.ts';
import { counted } from '../../parts/amount-words.ts';
import { useIncident } from '../../parts/incident.tsx';
import { usePorts } from '../../parts/ports.tsx';
import { useDeviceWord } from '../../parts/use-device-word.ts';
import { useLive } from '../../parts/use-live.ts';
import { useWording } from '../../parts/use-wording.ts';
import { useZone } from '../../parts/use-zone.ts';
import { Banner } from '../../ui/banner.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { RowList } from '../../ui/stack.tsx';
import { RefusedCard } from './refused-card.tsx';
import { SaveRefused } from './save-refused.tsx';

/** What a server did not take, with its reason; kept on this device until the person puts it right or gives it up (product.md, promise 2). */
export function RefusedPage() {
  const { device } = usePorts();
  const refused = useLive(device.refused);
  const acts = useMemo(() => refused && refusedActs(refused), [refused]);
  const incident = useIncident();
  const wordingOf = useWording();
  const zone = useZone();
  const place = useDeviceWord();
  // until the incident is read, no time could be told in its zone
  if (acts === undefined || incident.state === 'reading') return null;
  const view = incident.state === 'open' ? incident.view : null;
  if (acts.length === 0) {
    return (
      <Page title="Refused">
        <EmptyState title="Nothing is refused.">
          What a server does not take appears here with its reason. It stays on this {place} until you correct it, send
          it again or give it up.
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page title="Refused" aside={counted(refused?.length ?? 0, 'change')}>
      <Banner tone="late" icon="warning" title="The server did not take this.">
        It is kept on this {place} and not shown to others.
      </Banner>
      <RowList label="Refused changes">
        {acts.map((act) => (
          <li key={act.first.change}>
            <RefusedCard act={act} words={wordingOf(act.first.kind, act.first.key)} view={view} />
          </li>
        ))}
      </RowList>
      <SaveRefused acts={acts} wordingOf={wordingOf} zone={zone} />
    </Page>
  );
}
