import { useState } from 'react';
import type { KnownDevice } from '../../domain/ports/server-api.ts';
import type { Millis } from '../../domain/time.ts';
import { counted } from '../../parts/amount-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { useServerAnswer } from '../../parts/server-memory.tsx';
import { whenWords } from '../../parts/time-words.ts';
import { useNow } from '../../parts/use-now.ts';
import { nameOf } from '../../parts/use-people.ts';
import { useZone } from '../../parts/use-zone.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { RowList } from '../../ui/stack.tsx';
import { ApproveAgain } from './approve-again.tsx';
import { Pane } from './pane.tsx';
import type { PeopleView } from './people-page.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import { ServerListState } from './server-list-state.tsx';

/** Every device that a code let in; only the server knows them. */
export function DevicesPane({ view }: { readonly view: PeopleView }) {
  const { me } = view;
  if (me.access !== 'coordinator' || !me.sends) {
    return (
      <Pane title="Devices">
        <Banner title={me.sends ? 'Coordinators see the devices.' : 'This device works alone.'}>
          {me.sends ? 'Your access does not allow it.' : 'There is no server, so no other device can be in.'}
        </Banner>
      </Pane>
    );
  }
  return <Devices view={view} />;
}

function Devices({ view }: { readonly view: PeopleView }) {
  const { server } = usePorts();
  const answer = useServerAnswer('devices', server.devices);
  const { known, askAgain } = answer;
  const [revoking, setRevoking] = useState<KnownDevice | null>(null);
  const zone = useZone();
  const now = useNow();
  return (
    <Pane title="Devices">
      <ServerListState answer={answer} />
      {known === undefined ? null : (
        <RowList label="Devices">
          {known.map((device) => (
            <li key={device.id}>
              <DeviceCard
                view={view}
                device={device}
                zone={zone}
                now={now}
                onRevoke={() => setRevoking(device)}
                onApproved={askAgain}
              />
            </li>
          ))}
        </RowList>
      )}
      {revoking === null ? null : (
        <RevokeDialog
          device={revoking}
          person={nameOf(view.people, revoking.person)}
          onDone={askAgain}
          onClose={() => setRevoking(null)}
        />
      )}
    </Pane>
  );
}

function DeviceCard({
  view,
  device,
  zone,
  now,
  onRevoke,
  onApproved,
}: {
  readonly view: PeopleView;
  readonly device: KnownDevice;
  readonly zone: string;
  readonly now: Millis;
  readonly onRevoke: () => void;
  readonly onApproved: () => void;
}) {
  const person = nameOf(view.people, device.person);
  const isThis = device.id === view.me.device;
  const heard =
    device.lastSeenAt === null ? 'never heard from' : `last heard from ${whenWords(device.lastSeenAt, zone, now)}`;
  return (
    <Card label={`${device.name} of ${person}`}>
      <div>
        <strong>{person}</strong>
        <p>
          {device.name} {device.id.slice(0, 4)}
          {isThis ? ' · this device' : ''} · {heard}
        </p>
        {device.weakKey ? <p>Weak key: its browser can’t lock the key away. A screen lock matters there.</p> : null}
        {device.revoked === null ? null : (
          <p>
            <strong>Revoked: {device.revoked === 'lost' ? 'lost or stolen' : 'left'}</strong>
          </p>
        )}
      </div>
      {device.needsApproval === true && !isThis ? (
        <ApproveAgain device={device} person={person} onDone={onApproved} />
      ) : null}
      {(device.quarantined ?? 0) === 0 ? null : (
        <ButtonLink href={`/people/quarantine/${device.id}`}>
          {counted(device.quarantined ?? 0, 'change')} not taken
        </ButtonLink>
      )}
      {isThis || device.revoked === 'lost' ? null : <Button onClick={onRevoke}>Revoke…</Button>}
    </Card>
  );
}
