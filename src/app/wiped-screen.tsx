import { Page } from '../ui/page.tsx';
import { BareScreen } from './bare-screen.tsx';

/** A coordinator revoked this device; nothing is left to show. */
export function WipedScreen() {
  return (
    <BareScreen>
      <Page title="This device was removed from its workspace.">
        <p>A coordinator revoked it, and everything that Holdfast kept here was deleted.</p>
        <p>If that was a mistake, ask the coordinator for a new code, then open this app’s address again and join.</p>
      </Page>
    </BareScreen>
  );
}
