import type { Membership } from '../../domain/ports/device.ts';
import { usePorts } from '../../parts/ports.tsx';
import { whenWords } from '../../parts/time-words.ts';
import { useSyncStatus } from '../../parts/use-sync-status.ts';
import { Banner } from '../../ui/banner.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Section } from './section.tsx';

/** Which server this device belongs to, or the way to one. */
export function ServerSection({ membership, zone }: { readonly membership: Membership; readonly zone: string }) {
  const { clock } = usePorts();
  const { connection } = useSyncStatus();
  if (membership.state !== 'member') {
    return (
      <Section title="Server">
        <Banner
          title="This device works alone."
          action={
            <ButtonLink fit href="/join" icon="join">
              Connect to a server
            </ButtonLink>
          }
        >
          Nothing leaves it. With a code from a coordinator, or a server’s set-up code, it joins and sends all it has.
        </Banner>
      </Section>
    );
  }
  const { server, workspace, joinedAt, weakKey } = membership;
  return (
    <Section title="Server">
      {connection === 'needs-code' ? (
        <Banner
          tone="late"
          icon="warning"
          title="The server does not know this device."
          action={
            <ButtonLink fit href="/join" icon="join">
              Join again
            </ButtonLink>
          }
        >
          Everything stays here. Ask a coordinator for a new code; then all of it is sent.
        </Banner>
      ) : null}
      {connection === 'needs-approval' ? (
        <Banner tone="late" icon="warning" title="A coordinator has to approve this device again.">
          The server did not hear from it for over 400 days. Everything stays here and goes on working. A coordinator
          presses “Approve again” under People, Devices; then all of it is sent.
        </Banner>
      ) : null}
      <Card>
        <Facts
          facts={[
            { name: 'Workspace', value: workspace.name },
            { name: 'Server', value: server },
            { name: 'Joined', value: whenWords(joinedAt, zone, clock.now()) },
            ...(weakKey
              ? [
                  {
                    name: 'Key',
                    value: 'Weaker than usual: this browser can’t lock it away. Keep a screen lock on this device.',
                  },
                ]
              : []),
          ]}
        />
      </Card>
    </Section>
  );
}
