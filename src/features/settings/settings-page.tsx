import { LostBanner } from '../../parts/lost-banner.tsx';
import { LookAroundSwitch } from '../../parts/look-around-switch.tsx';
import { usePorts } from '../../parts/ports.tsx';
import { useMe, useMembership } from '../../parts/use-me.ts';
import { YourNumbers } from '../../parts/your-numbers.tsx';
import { useZone } from '../../parts/use-zone.ts';
import { Page } from '../../ui/page.tsx';
import { RowLink } from '../../ui/row-link.tsx';
import { RowList } from '../../ui/stack.tsx';
import { Appearance } from './appearance.tsx';
import { BackupFileSection } from './backup-file-section.tsx';
import { EncryptionSection } from './encryption-section.tsx';
import { EraseSection } from './erase-section.tsx';
import { LockSection } from './lock-section.tsx';
import { NoticesSection } from './notices-section.tsx';
import { SendingSection } from './sending-section.tsx';
import { ServerSection } from './server-section.tsx';
import { StorageSection } from './storage-section.tsx';
import { ThisDevice } from './this-device.tsx';

/** This device: whose it is, what it keeps, what it sends, how it looks, and the ways out. */
export function SettingsPage() {
  const { life } = usePorts();
  const membership = useMembership();
  const me = useMe();
  const zone = useZone();
  if (membership === undefined || me == null) return null;
  const isOwn = life === 'own';
  return (
    <Page title="Settings">
      <ThisDevice me={me} />
      <YourNumbers me={me} />
      {isOwn ? <ServerSection membership={membership} zone={zone} /> : null}
      {isOwn ? <LostBanner /> : null}
      {isOwn && me.sends ? <SendingSection zone={zone} /> : null}
      {isOwn && me.sends ? <NoticesSection /> : null}
      <StorageSection />
      {isOwn ? <BackupFileSection zone={zone} /> : null}
      {isOwn ? <LockSection /> : null}
      {isOwn ? <EncryptionSection me={me} /> : null}
      <Appearance zone={zone} />
      <RowList label="More">
        <li>
          <RowLink href="/install" icon="install" title="Install the app" detail="On this device or another one" />
        </li>
        <li>
          <LookAroundSwitch />
        </li>
      </RowList>
      {isOwn ? <EraseSection me={me} /> : null}
    </Page>
  );
}
