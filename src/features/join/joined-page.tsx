import { useEffect, useState } from 'react';
import type { Membership } from '../../domain/ports/device.ts';
import { usePorts } from '../../parts/ports.tsx';
import { roleTitle } from '../../parts/role-badge.tsx';
import { StartFromBuiltIn } from '../../parts/start-from-built-in.tsx';
import { useMe } from '../../parts/use-me.ts';
import { usePlan, usePlanVersions } from '../../parts/use-plan-versions.ts';
import { useSyncStatus } from '../../parts/use-sync-status.ts';
import { useDeviceWord } from '../../parts/use-device-word.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Page } from '../../ui/page.tsx';

type JoinedPageProps = {
  readonly membership: Extract<Membership, { state: 'member' }>;
  readonly linkWithCode: boolean;
  readonly onJoinAgain: () => void;
};

/** After joining: where this device is in, whether the browser keeps what it saves, and what comes next. */
export function JoinedPage({ membership, linkWithCode, onJoinAgain }: JoinedPageProps) {
  const me = useMe();
  const versions = usePlanVersions();
  const { lastHeardAt, filling } = useSyncStatus();
  const plan = usePlan(versions?.[0]);
  const arrived = lastHeardAt !== null && filling === null;
  const roles = me?.roles.map((role) => (plan === null ? role : roleTitle(plan, role))).join(', ') ?? '';
  return (
    <Page title={`You are in: ${membership.workspace.name}`}>
      {linkWithCode ? (
        <Banner
          title="This device has joined already."
          action={
            <Button fit onClick={onJoinAgain}>
              Use the new code
            </Button>
          }
        >
          The link carries another code.
        </Banner>
      ) : null}
      <Facts
        facts={[
          { name: 'Your name', value: me?.name === undefined || me.name === '' ? 'not known yet' : me.name },
          {
            name: 'You are',
            value: [me?.access ?? membership.access, roles].filter((part) => part !== '').join(' · '),
          },
        ]}
      />
      {versions === undefined || versions.length > 0 ? (
        <ButtonLink kind="primary" href="/now">
          Open Now
        </ButtonLink>
      ) : arrived && me?.access === 'coordinator' ? (
        <StartFromBuiltIn />
      ) : (
        <p>
          {arrived
            ? 'No plan was published yet. It comes by itself when a coordinator publishes one.'
            : 'Receiving the plan…'}
        </p>
      )}
      <KeepsWhatItSaves />
    </Page>
  );
}

/** Said plainly either way: a browser that may delete the plan must not surprise anybody. */
export function KeepsWhatItSaves() {
  const { persistence } = usePorts();
  const place = useDeviceWord();
  const [persisted, setPersisted] = useState<boolean | null | undefined>(undefined);
  useEffect(() => {
    let left = false;
    void persistence.read().then((read) => {
      if (!left) setPersisted(read.persisted);
    });
    return () => {
      left = true;
    };
  }, [persistence]);
  if (persisted === undefined) return null;
  if (persisted === true) {
    return (
      <Banner tone="good" icon="check" title={`The browser keeps what is saved on this ${place}.`}>
        It does not delete it by itself, even when space runs low.
      </Banner>
    );
  }
  return (
    <Banner
      tone="late"
      icon="warning"
      title={
        persisted === false
          ? `The browser may delete what is saved on this ${place} when space runs low.`
          : `The browser does not say whether it keeps what is saved on this ${place}.`
      }
      action={
        <Button fit onClick={() => void persistence.request().then(setPersisted)}>
          Ask again
        </Button>
      }
    >
      Install the app on the home screen; browsers keep installed apps. Print your role card too.
    </Banner>
  );
}
