import { useState } from 'react';
import { useLives } from '../../parts/life.tsx';
import { Page } from '../../ui/page.tsx';
import { RowButton, RowLink } from '../../ui/row-link.tsx';
import { RowList } from '../../ui/stack.tsx';
import { StartAloneDialog } from './start-alone-dialog.tsx';

/** The first opening on a device: three ways to begin. */
export function FirstOpening() {
  const { lookAround } = useLives();
  const [naming, setNaming] = useState(false);
  return (
    <Page title="The recovery plan that works when nothing else does.">
      <p>It keeps the plan, your tasks and the log on this device, and needs a network only to share them.</p>
      <RowList label="Ways to begin">
        <li>
          <RowLink
            href="/join"
            icon="join"
            title="Join with a code or link"
            detail="Your coordinator gave you one, on paper or in a message"
          />
        </li>
        <li>
          <RowButton
            icon="add"
            title="Set up a new plan on this device"
            detail="Needs no server; everything stays here until you connect one"
            onPress={() => setNaming(true)}
          />
        </li>
        <li>
          <RowButton
            icon="plan"
            title="Look around"
            detail="A built-in plan as an exercise; nothing of it is ever sent"
            onPress={() => void lookAround()}
          />
        </li>
      </RowList>
      {naming ? <StartAloneDialog onClose={() => setNaming(false)} /> : null}
    </Page>
  );
}
