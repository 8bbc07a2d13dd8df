import { useEffect, useState } from 'react';
import { normalJoinCode, shownJoinCode } from '../../domain/sync/codes.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { usePorts } from '../../parts/ports.tsx';
import { useInstallation } from '../../parts/use-installation.ts';
import { useMembership } from '../../parts/use-me.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Page } from '../../ui/page.tsx';
import { Stack } from '../../ui/stack.tsx';
import { installSteps } from './install-steps.ts';
import { systemOf, systems, type System } from './system.ts';
import styles from './install.module.css';

/** How to put the app on a home screen, by system; this device's own stands first and open. */
export function InstallPage({ here = systemOf(navigator) }: { readonly here?: System }) {
  const membership = useMembership();
  const isNew = membership?.state === 'new';
  const inOrder = [here, ...systems.filter((each) => each !== here)];
  return (
    <Page title="Install the app">
      <p>Installed, it opens from the home screen with no network at all, and the browser keeps what it saves.</p>
      <HowItStands here={here} isNew={isNew} />
      {isNew ? <CodeForLater /> : null}
      <Stack close>
        {inOrder.map((system) => (
          <StepsFor key={system} system={system} here={system === here} />
        ))}
      </Stack>
      <Stack close>
        <h2>If it does not work</h2>
        <ul className={styles.steps}>
          <li>
            <strong>Private window:</strong> everything in it is deleted when it is closed, the plan included. Open this
            address in an ordinary window.
          </li>
          <li>
            <strong>Lockdown Mode (iPhone, iPad, Mac):</strong> it takes away what the app needs to keep anything. In
            Settings › Privacy &amp; Security › Lockdown Mode › Configure Web Browsing, allow this site or app.
          </li>
          <li>
            <strong>Opened inside another app</strong> (mail, chat): press its menu and open the page in the browser.
          </li>
          <li>
            <strong>Not possible at all:</strong> work in this page, keep it open, and carry your printed role card.
          </li>
        </ul>
      </Stack>
      {isNew ? <ButtonLink href="/">Back to the ways to begin</ButtonLink> : null}
    </Page>
  );
}

/** The code of the link that led here, to be taken along into the installed app. */
function CodeForLater() {
  const [code] = useState(() => codeIn(window.location.hash));
  // it stays on the screen, not in the address and the history of the browser
  useEffect(() => window.history.replaceState(window.history.state, '', '/install'), []);
  if (code === null) return null;
  const shown = shownJoinCode(code);
  return (
    <Card label="Your code">
      <p>
        Your code, to join inside the app: paste or type it there, or scan it again. Write it down or copy it; it is not
        used up yet.
      </p>
      <p className={styles.code}>{shown}</p>
      <CopyButton text={shown} label="Copy the code" />
    </Card>
  );
}

function HowItStands({ here, isNew }: { readonly here: System; readonly isNew: boolean }) {
  const { installation } = usePorts();
  const state = useInstallation();
  const [declined, setDeclined] = useState(false);
  switch (state) {
    case 'installed':
      return (
        <Banner tone="good" icon="check" title="It is installed: this is the app.">
          {isNew ? 'Now join, inside this app.' : 'Open it once without a network to see that it works.'}
        </Banner>
      );
    case 'insecure':
      return (
        <Banner tone="late" icon="warning" title="This address can’t install the app.">
          <p>
            Browsers install from https addresses only, and this is {window.location.origin}. Tell your coordinator:
            “Holdfast needs an https address before phones can install it; its README says how.”
          </p>
        </Banner>
      );
    case 'unsupported':
      return (
        <Banner tone="late" icon="warning" title="This browser can’t install the app.">
          It is a private window, Lockdown Mode is on, or the browser is too old. See below.
        </Banner>
      );
    case 'offered':
      return (
        <Button
          kind="primary"
          icon="install"
          onClick={() => void installation.ask().then((agreed) => setDeclined(!agreed))}
        >
          Install now
        </Button>
      );
    case 'by-hand':
      return (
        <>
          {declined ? <p role="status">Not installed. The browser’s menu can do it at any time.</p> : null}
          {here === 'apple' ? <InstallThenJoin isNew={isNew} /> : null}
        </>
      );
  }
}

/** A home-screen app on iOS has storage of its own, empty at first (stack.md, Platform facts). */
function InstallThenJoin({ isNew }: { readonly isNew: boolean }) {
  return isNew ? (
    <Banner tone="late" icon="warning" title="Install first, then join.">
      The app on the Home Screen keeps its own storage. A code that is used here in the browser does not reach it, and
      works only once.
    </Banner>
  ) : (
    <Banner tone="late" icon="warning" title="The installed app starts empty.">
      On this system it does not see what this page holds, and Safari deletes a page’s storage after seven days without
      use. Install it, open it from the Home Screen, and join there with a new code from your coordinator.
    </Banner>
  );
}

function StepsFor({ system, here }: { readonly system: System; readonly here: boolean }) {
  const { title, steps } = installSteps[system];
  return (
    <Disclosure summary={`${title}${here ? ' · this device' : ''}`} open={here}>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </Disclosure>
  );
}

function codeIn(fragment: string): string | null {
  try {
    return normalJoinCode(decodeURIComponent(fragment.slice(1)));
  } catch {
    return null;
  }
}
