import type { Membership } from '../../domain/ports/device.ts';
import { KeepsWhatItSaves } from '../../parts/keeps-what-it-saves.tsx';
import { LostBanner } from '../../parts/lost-banner.tsx';
import { rightsWords } from '../../parts/rights-words.ts';
import { StartFromBuiltIn } from '../../parts/start-from-built-in.tsx';
import { useMe } from '../../parts/use-me.ts';
import { usePlan, usePlanVersions } from '../../parts/use-plan-versions.ts';
import { useSyncStatus } from '../../parts/use-sync-status.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Page } from '../../ui/page.tsx';
import { NotAccepted } from './not-accepted.tsx';

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
            value: rightsWords(plan, me?.access ?? membership.access, me?.roles ?? []),
          },
        ]}
      />
      <NotAccepted />
      <LostBanner />
      {versions === undefined || versions.length > 0 ? (
        <ButtonLink kind="primary" href="/now">
          Open Now
        </ButtonLink>
      ) : arrived && me?.access === 'coordinator' ? (
        <StartFromBuiltIn />
      ) : (
        <p>{arrived ? noPlan(me?.access === 'vendor' && me.roles.length === 0) : 'Receiving the plan…'}</p>
      )}
      <KeepsWhatItSaves />
    </Page>
  );
}

/** A vendor's copy holds its roles' part; without a role there is none, published or not. */
function noPlan(vendorWithoutRole: boolean): string {
  return vendorWithoutRole
    ? 'You hold no role yet, and a vendor sees the parts of its own roles only. Ask a coordinator for an invitation with your role.'
    : 'No plan was published yet. It comes by itself when a coordinator publishes one.';
}
