import type { HandOver, Held } from '../../domain/ports/hand-over.ts';
import { useLive } from '../../parts/use-live.ts';
import { useMe, type Me } from '../../parts/use-me.ts';
import { useZone } from '../../parts/use-zone.ts';
import { Banner } from '../../ui/banner.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { CarriedSection } from './carried-section.tsx';
import { GiveSection } from './give-section.tsx';
import { TakeSection } from './take-section.tsx';
import { useHandOver } from './use-hand-over.ts';

/** Phone to phone, with no network at all: what one has and the other lacks. */
export function HandOverPage() {
  const me = useMe();
  const port = useHandOver();
  if (me == null) return null;
  return (
    <Page title="Hand over">
      <p>Two phones exchange what is not on the server yet, with no network. Who did the work stays its author.</p>
      {me.sends ? port === null ? null : <Both me={me} port={port} /> : <NotJoined />}
    </Page>
  );
}

function Both({ me, port }: { readonly me: Me; readonly port: HandOver }) {
  const zone = useZone();
  const held = useLive(port.held);
  if (held === undefined) return null;
  return (
    <>
      <GiveSection port={port} held={held} zone={zone} />
      {me.access === 'vendor' ? (
        <Banner icon="hand-over" title="This phone gives, and takes nothing over.">
          <p>You see a part of the plan only. Others’ work goes by somebody of the team.</p>
        </Banner>
      ) : (
        <TakeSection port={port} zone={zone} first={toGive(held) === 0} />
      )}
      <CarriedSection port={port} carried={held.carried} zone={zone} />
    </>
  );
}

function toGive({ own, carried }: Held): number {
  return carried.reduce((sum, { waiting }) => sum + waiting, own);
}

function NotJoined() {
  return (
    <Banner
      icon="join"
      title="This device has not joined a workspace."
      action={
        <ButtonLink href="/join" fit>
          Join
        </ButtonLink>
      }
    >
      <p>
        So nobody could tell whose work it gives. To take everything to another device, use a backup file (Settings).
      </p>
    </Banner>
  );
}
