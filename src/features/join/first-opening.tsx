import { useState } from 'react';
import { deviceName } from '../../parts/device-name.ts';
import { useLives } from '../../parts/life.tsx';
import { useInstallation } from '../../parts/use-installation.ts';
import { later } from '../../ui/later.tsx';
import { Page } from '../../ui/page.tsx';
import { RowButton, RowLink } from '../../ui/row-link.tsx';
import { RowList } from '../../ui/stack.tsx';
import { StartAloneDialog } from './start-alone-dialog.tsx';

const RestoreDialog = later(async () => (await import('../../parts/restore-dialog.tsx')).RestoreDialog);

/** The first opening on a device: the ways to begin. */
export function FirstOpening() {
  const { lookAround } = useLives();
  const installation = useInstallation();
  const installFirst = deviceName().startsWith('iP');
  const [restoring, setRestoring] = useState(false);
  const [naming, setNaming] = useState(false);
  return (
    <Page title="The recovery plan that works when nothing else does.">
      <p>It keeps the plan, your tasks and the log on this device, and needs a network only to share them.</p>
      <RowList label="Ways to begin">
        {installation !== 'installed' && installFirst ? (
          <InstallRow
            title="First put Holdfast on the Home Screen"
            detail="Here this comes before joining: what you do in the browser does not reach the app"
          />
        ) : null}
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
        <li>
          <RowButton
            icon="back"
            title="Bring a backup file back"
            detail="Go on with what another device saved into a file"
            onPress={() => setRestoring(true)}
          />
        </li>
        {installation !== 'installed' && !installFirst ? (
          <InstallRow
            title="Install Holdfast on this device"
            detail="It then opens like any other app, with no network at all; this shows how"
          />
        ) : null}
      </RowList>
      <p>
        Used here before? Then the browser has deleted what Holdfast kept on this device. What was sent is on the
        server: ask your coordinator for a new code, or bring your backup file back.
      </p>
      {restoring ? <RestoreDialog onClose={() => setRestoring(false)} /> : null}
      {naming ? <StartAloneDialog onClose={() => setNaming(false)} /> : null}
    </Page>
  );
}

/** On an iPhone or iPad the app on the Home Screen starts with empty storage, so there this comes first. */
function InstallRow({ title, detail }: { readonly title: string; readonly detail: string }) {
  return (
    <li>
      <RowLink href="/install" icon="install" title={title} detail={detail} />
    </li>
  );
}
