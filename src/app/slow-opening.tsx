import { useEffect, useState } from 'react';
import { Page } from '../ui/page.tsx';
import { BareScreen } from './bare-screen.tsx';

const patienceMs = 3_000;

/** While the storage opens: nothing, as long as a person takes that for the start; then that it is being waited for. */
export function SlowOpening() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <BareScreen>
      <Page title="The storage does not answer yet.">
        <p>Nothing is lost. Holdfast waits, and opens as soon as the storage answers.</p>
        <p>
          If that takes long, work from your paper role card, close Holdfast in every tab and window, and open it again.
        </p>
      </Page>
    </BareScreen>
  );
}
