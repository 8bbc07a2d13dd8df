import { useState } from 'react';
import { later } from '../ui/later.tsx';
import { Page } from '../ui/page.tsx';
import { RowButton, RowLink } from '../ui/row-link.tsx';
import { RowList } from '../ui/stack.tsx';
import { BareScreen } from './bare-screen.tsx';

const RestoreDialog = later(async () => (await import('../parts/restore-dialog.tsx')).RestoreDialog);

/** A coordinator revoked this device; nothing is left to show but the ways to come back. */
export function WipedScreen() {
  const [restoring, setRestoring] = useState(false);
  return (
    <BareScreen>
      <Page title="This device was removed from its workspace.">
        <p>A coordinator revoked it, and everything that Holdfast kept here was deleted.</p>
        <p>If that was a mistake, ask the coordinator for a new code.</p>
        <RowList label="Ways to come back">
          <li>
            <RowLink href="/join" icon="join" title="Join with a new code or link" />
          </li>
          <li>
            <RowButton icon="back" title="Bring a backup file back" onPress={() => setRestoring(true)} />
          </li>
        </RowList>
        {restoring ? <RestoreDialog onClose={() => setRestoring(false)} /> : null}
      </Page>
    </BareScreen>
  );
}
